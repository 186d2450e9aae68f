"""Why a command was not carried out. `code` is part of the API (design: the control command)."""

from django.utils.translation import gettext_lazy as _

from dreamkast.lib.errors import DomainError
from streaming.models import Duty, OnAir
from talks.models import Talk


class OnAirRefused(DomainError):
    """Nothing was changed; `on_air` is the track as it is now."""

    explanation = _("The command was refused.")

    def __init__(self, on_air: OnAir) -> None:
        super().__init__(self.code)
        self.on_air = on_air


class StaleCommand(OnAirRefused):
    code = "stale"
    explanation = _("Somebody changed this track in the meantime.")


class WrongTrack(OnAirRefused):
    code = "wrong_track"
    explanation = _("This talk belongs to another track.")


class NotPublished(OnAirRefused):
    code = "not_published"
    explanation = _("This talk is not published.")


class DoNotStream(OnAirRefused):
    code = "do_not_stream"
    explanation = _("This talk must not be streamed.")

    def __init__(self, on_air: OnAir, talk: Talk) -> None:
        super().__init__(on_air)
        self.talk = talk


class UndoExpired(OnAirRefused):
    code = "undo_expired"
    explanation = _("The last change is older than 30 seconds.")


class NothingToUndo(OnAirRefused):
    code = "nothing_to_undo"
    explanation = _("There is nothing to undo on this track.")


class Locked(OnAirRefused):
    code = "locked"
    explanation = _("Another person has locked this track.")


class KeyReused(DomainError):
    """The idempotency key was used for another command."""

    code = "key_reused"


class TrackLocked(DomainError):
    """Another person holds the lock; `duty` says who and until when."""

    code = "locked"

    def __init__(self, duty: Duty) -> None:
        super().__init__(self.code)
        self.duty = duty


class StreamOnAir(DomainError):
    """A stream whose track has a talk on air is not deleted."""

    code = "on_air"
