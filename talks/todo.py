"""What needs doing in the programme, for the first page of the admin."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from events.models import Event
from events.todo import Todo, add_check
from talks.draft_places import conflicts_of, draft_place, drafted_talks, moves_of
from talks.enums import TalkKind
from talks.models import Talk

CONFLICTS = ngettext_lazy(
    "%(count)s conflict in the timetable.", "%(count)s conflicts in the timetable.", "count"
)
UNPUBLISHED = ngettext_lazy(
    "%(count)s change of the timetable is not published.",
    "%(count)s changes of the timetable are not published.",
    "count",
)
UNPLACED = ngettext_lazy("%(count)s talk has no time yet.", "%(count)s talks have no time yet.", "count")
NOBODY = ngettext_lazy(
    "%(count)s published talk has no speaker.", "%(count)s published talks have no speaker.", "count"
)
EMPTY = ngettext_lazy(
    "%(count)s published talk has no abstract.", "%(count)s published talks have no abstract.", "count"
)


@add_check
def draft_todos(event: Event) -> Iterable[Todo]:
    """What stands in the timetable editor and nowhere else."""
    page = reverse("admin:talks_timetable", args=[event.slug])
    talks = [talk for talk in drafted_talks(event) if not talk.is_cancelled]
    if not talks:
        yield Todo(_("Add the first talks, or import a programme."), page)
        return
    conflicts, moves = conflicts_of(event, talks), moves_of(talks)
    unplaced = sum(1 for talk in talks if not draft_place(talk).is_placed)
    if conflicts:
        yield Todo(str(CONFLICTS % {"count": len(conflicts)}), page, is_urgent=True)
    if moves:
        yield Todo(str(UNPUBLISHED % {"count": len(moves)}), page)
    if unplaced:
        yield Todo(str(UNPLACED % {"count": unplaced}), page)


@add_check
def talk_todos(event: Event) -> Iterable[Todo]:
    """What visitors would miss on published talks."""
    published = Talk.objects.filter(event=event, is_published=True, cancelled_at=None)
    talks = published.exclude(kind=TalkKind.BREAK)
    nobody = _count(talks.filter(speakers=None))
    empty = _count(talks.filter(abstract=""))
    page = f"{reverse('admin:talks_talk_changelist')}?event__id__exact={event.pk}"
    if nobody:
        yield Todo(str(NOBODY % {"count": nobody}), page)
    if empty:
        yield Todo(str(EMPTY % {"count": empty}), page)


def _count(talks: QuerySet[Talk]) -> int:
    return talks.order_by().distinct().count()
