"""A person's own programme: bookmarks for whoever is signed in, seats for those who come.

Somebody on site sits in one room at a time; online people may choose what overlaps. A seat hangs on the
registration: withdrawing takes it away, and changing to online lets it go.
"""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import F

from accounts.models import User
from dreamkast.lib.errors import DomainError
from events.enums import Attendance
from events.models import Event, Registration
from talks.agenda import overlapping, seat_limit
from talks.models import Bookmark, Seat, Talk, TalkSeats


class BookmarkRefused(DomainError):
    """The talk cannot be chosen."""


class NotATalk(BookmarkRefused):
    """A break, or a talk that is not published."""

    code = "no_such_talk"


class TalkIsCancelled(BookmarkRefused):
    code = "cancelled"


class SeatsOverlap(BookmarkRefused):
    """The person sits somewhere else at that time: in one of `talks`."""

    code = "overlaps"

    def __init__(self, talks: list[Talk]) -> None:
        super().__init__(self.code)
        self.talks = talks


class SoldOut(BookmarkRefused):
    """Every seat is taken. The talk may still be bookmarked without one."""

    code = "sold_out"


def bookmark(*, talk: Talk, replace: Collection[int] = (), without_seat: bool = False, actor: User) -> None:
    """Choose a talk, and take a seat for somebody who comes. Doing it twice changes nothing.

    `replace` names the talks that the person gives up for this one. Refused with SeatsOverlap or SoldOut, all
    stays as it was.
    """
    _refuse(talk)
    with transaction.atomic():
        registration = _on_site(talk.event, actor)
        if registration and talk.starts_at and not without_seat:
            _take_seat(talk, registration, replace)
        Bookmark.objects.get_or_create(user=actor, talk=talk)


def remove_bookmark(*, talk: Talk, actor: User) -> None:
    """Give the talk up, and its seat with it."""
    with transaction.atomic():
        Seat.objects.filter(talk=talk, registration__user=actor).delete()
        Bookmark.objects.filter(talk=talk, user=actor).delete()


def keep_bookmarks(*, event: Event, talk_ids: Collection[int], actor: User) -> None:
    """Take over what somebody chose before signing in. What cannot be chosen any more is left out.

    Nobody is there to be asked: what overlaps with a seat, or has none left, is bookmarked without one.
    """
    with transaction.atomic():
        wanted = Talk.objects.filter(event=event, pk__in=talk_ids).published()
        known = Bookmark.objects.filter(user=actor, talk__event=event).values("talk")
        for talk in wanted.exclude(pk__in=known).with_people().order_by("starts_at", "id"):
            _keep(talk, actor)


def _keep(talk: Talk, actor: User) -> None:
    try:
        bookmark(talk=talk, actor=actor)
    except (SeatsOverlap, SoldOut):
        bookmark(talk=talk, without_seat=True, actor=actor)
    except BookmarkRefused:
        return


def _refuse(talk: Talk) -> None:
    if not talk.is_published or talk.is_break:
        raise NotATalk
    if talk.is_cancelled:
        raise TalkIsCancelled


def _on_site(event: Event, user: User) -> Registration | None:
    """The registration of somebody who comes, locked: two tabs cannot take two seats for one moment."""
    rows = Registration.objects.select_for_update(no_key=True, of=("self",))
    return rows.filter(event=event, user=user, attendance=Attendance.ON_SITE).first()


def _take_seat(talk: Talk, registration: Registration, replace: Collection[int]) -> None:
    mine = Seat.objects.filter(registration=registration).select_related("talk")
    seated = [seat.talk for seat in mine]
    if talk in seated:
        return
    # First: nobody is asked to give something up for a talk that is full.
    _claim(talk, registration)
    clashing = overlapping(talk, seated)
    if any(other.pk not in replace for other in clashing):
        raise SeatsOverlap(clashing)
    _give_up(clashing, registration)


def _claim(talk: Talk, registration: Registration) -> None:
    """One seat, counted under the talk's own row."""
    TalkSeats.objects.get_or_create(talk=talk)
    TalkSeats.objects.filter(talk=talk).update(revision=F("revision") + 1)
    # Let go by people who take part online now: when they come back they must ask again.
    Seat.objects.filter(talk=talk).exclude(registration__attendance=Attendance.ON_SITE).delete()
    limit = seat_limit(talk)
    if limit is not None and Seat.objects.held().filter(talk=talk).count() >= limit:
        raise SoldOut
    Seat.objects.create(talk=talk, registration=registration)


def _give_up(talks: Iterable[Talk], registration: Registration) -> None:
    Seat.objects.filter(talk__in=talks, registration=registration).delete()
    Bookmark.objects.filter(talk__in=talks, user=registration.user_id).delete()
