"""Corrections of the programme while it is running: viewers see them at once."""

from django.db import transaction

from accounts.models import User
from dreamkast.lib.errors import DomainError
from dreamkast.lib.text import tighten_counters
from events.services.revision import touch
from talks.enums import TalkLanguage
from talks.live import programme_changed
from talks.models import ProgrammeChange, Talk

LONGEST_TITLE = 200


class TitleRefused(DomainError):
    """The title is empty or too long, or the language is none of ours."""

    code = "title_refused"


class TitleChangedMeanwhile(DomainError):
    """Somebody else corrected it after the form was drawn; `talk` is as it is now."""

    code = "title_changed"

    def __init__(self, talk: Talk) -> None:
        super().__init__(self.code)
        self.talk = talk


def correct_title(
    *, talk: Talk, title: str, lang: str, actor: User | None, drawn_title: str | None = None
) -> Talk:
    """Change a talk's title and language, keep what they were, and tell the viewers of a published talk.

    `drawn_title` is the title that the form was drawn with; a correction on top of another one is refused.
    """
    wanted = _clean(title, lang)
    with transaction.atomic():
        # A talk on its way on air is referred to: without no_key the two would wait for each other.
        locked = Talk.objects.select_for_update(no_key=True, of=("self",))
        present = locked.select_related("event").get(pk=talk.pk)
        changes = _changes(present, wanted)
        if not changes:
            return present
        if drawn_title is not None and drawn_title != present.title:
            raise TitleChangedMeanwhile(present)
        _write(present, changes, actor)
        if present.is_published:
            programme_changed(present.event, touch(present.event), [present])
    return present


def _clean(title: str, lang: str) -> dict[str, str]:
    text = tighten_counters(" ".join(title.split()))
    if not text or len(text) > LONGEST_TITLE or lang not in TalkLanguage.values:
        raise TitleRefused
    return {"title": text, "lang": lang}


def _changes(talk: Talk, wanted: dict[str, str]) -> dict[str, str]:
    return {field: value for field, value in wanted.items() if getattr(talk, field) != value}


def _write(talk: Talk, changes: dict[str, str], actor: User | None) -> None:
    for field, after in changes.items():
        ProgrammeChange.objects.create(
            talk=talk, field=field, before=getattr(talk, field), after=after, actor=actor
        )
        setattr(talk, field, after)
    talk.save(update_fields=[*changes, "updated_at"])
