"""Why a command was not carried out. `code` is part of the API (design: the control command)."""

from datetime import datetime

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


class InputRefused(DomainError):
    """An input was not switched; `code` says why."""


class EncoderNotRunning(InputRefused):
    code = "not_running"


class NoSuchInput(InputRefused):
    """The running encoder has no such input: it takes those that it was made with."""

    code = "no_such_input"


class SwitchedMeanwhile(InputRefused):
    """Somebody else's switch has the number by now."""

    code = "stale"


class SwitchTimeRefused(InputRefused):
    """`reason` is too_soon, too_far or taken; `offered` the nearest time that would do."""

    code = "time_refused"

    def __init__(self, reason: str, offered: datetime | None) -> None:
        super().__init__(reason)
        self.reason, self.offered = reason, offered


class TooLateToCancel(InputRefused):
    code = "too_late"


class InputsInUse(InputRefused):
    """Inputs are attached when the encoder is made; a running one keeps what it has."""

    code = "in_use"


class InputsNotOffered(InputRefused):
    """Only MediaLive's encoders can be switched."""

    code = "not_offered"


class StreamRefused(DomainError):
    """Nothing was changed at the stream; `code` says why."""


class StreamOnAir(StreamRefused):
    """A stream whose track has a talk on air is not deleted, and its picture comes no other way."""

    code = "on_air"


class RecordingUnderWay(StreamRefused):
    """A recording is being cut from the stream: deleting it would take away what is cut."""

    code = "recording"


class StreamExists(StreamRefused):
    """What is there would be forgotten: it has to be deleted first."""

    code = "exists"


class StreamRuns(StreamRefused):
    """Whoever pushes with the key would lose the picture: it has to be stopped first."""

    code = "runs"


class NoSuchKey(StreamRefused):
    """The stream has no key, or none yet."""

    code = "no_key"


class KeyOnItsWay(StreamRefused):
    """A new key was asked for and is not in place."""

    code = "new_key_soon"


class AddressNotPlayable(StreamRefused):
    """None of the players here can show what is at the address."""

    code = "address"
