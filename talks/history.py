"""What the programme's logs know of talks, speakers and events, for their history pages in the admin."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dreamkast.lib.admin_history import MOST_LINES, Line, add_history
from events.models import Event
from talks.models import ProgrammeChange, Speaker, Talk

TRUE, FALSE = "True", "False"


@add_history(Talk)
def published_values(talk: Talk) -> Iterable[Line]:
    for change in talk.changes.select_related("actor")[:MOST_LINES]:
        yield Line(change.at, change.actor, _change_text(change))


@add_history(Talk)
def drafted_places(talk: Talk) -> Iterable[Line]:
    for change in talk.draft_changes.select_related("actor")[:MOST_LINES]:
        yield Line(change.at, change.actor, _("Changed its place in the draft of the timetable."))
        if change.undone_at:
            yield Line(change.undone_at, None, _("That change of the draft was undone."))


@add_history(Speaker)
def names_on_talks(speaker: Speaker) -> Iterable[Line]:
    log = ProgrammeChange.objects.filter(talk__speakers=speaker, field="speakers")
    for change in log.select_related("talk", "actor")[:MOST_LINES]:
        yield Line(change.at, change.actor, f"{change.talk}: {_change_text(change)}")


@add_history(Event)
def versions(event: Event) -> Iterable[Line]:
    text = _("Published version %(number)s of the timetable.")
    for version in event.programme_versions.select_related("actor")[:MOST_LINES]:
        yield Line(version.published_at, version.actor, text % {"number": version.number})


def _change_text(change: ProgrammeChange) -> str:
    flags = {
        ("is_cancelled", TRUE): _("Cancelled."),
        ("is_cancelled", FALSE): _("Reinstated."),
        ("is_published", TRUE): _("Published."),
        ("is_published", FALSE): _("Taken back from publication."),
    }
    known = flags.get((change.field, change.after))
    return known or f"{_field_name(change.field)}: {change.before[:160] or '–'} → {change.after[:160] or '–'}"


def _field_name(field: str) -> str:
    fields = {one.name: one for one in Talk._meta.get_fields() if hasattr(one, "verbose_name")}
    return str(fields[field].verbose_name) if field in fields else field
