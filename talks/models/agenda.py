import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.enums import Attendance
from events.models import Event, Registration
from talks.models.talk import Talk


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Bookmark(models.Model):
    """A talk that a person has chosen; no registration is needed for it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks", verbose_name=_("person")
    )
    talk = models.ForeignKey(Talk, models.CASCADE, related_name="bookmarks", verbose_name=_("talk"))
    created_at = models.DateTimeField(_("bookmarked"), auto_now_add=True)

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        ordering = ["talk__starts_at", "talk_id"]
        constraints = [models.UniqueConstraint(fields=["user", "talk"], name="one_bookmark_per_person")]

    def __str__(self) -> str:
        return f"{self.user} → {self.talk}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def held(self) -> "SeatQuerySet":
        """Only those of people who come: a seat is let go by changing to online, without another write."""
        return self.filter(registration__attendance=Attendance.ON_SITE)


class Seat(models.Model):
    """A seat in the room for somebody who comes. It goes with the registration."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="held_seats", verbose_name=_("talk"))
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="seats", verbose_name=_("registration")
    )
    created_at = models.DateTimeField(_("taken"), auto_now_add=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["talk", "registration"], name="one_seat_per_person")]

    def __str__(self) -> str:
        return f"{self.registration} → {self.talk}"


class TalkSeats(models.Model):
    """What people who want a seat queue at: whoever changes this row may count the seats of its talk.

    The seats themselves are the count, so that it cannot drift. A row of its own, so that nobody waits for a
    talk that is being put on air or corrected.
    """

    talk = models.OneToOneField(Talk, models.CASCADE, primary_key=True, related_name="seat_queue")
    revision = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.revision}"


class CalendarLink(Timestamped):
    """The private address that a person's calendar program reads; making it anew closes the old one."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="calendar_links", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_links", verbose_name=_("person")
    )
    token = models.CharField(_("token"), max_length=64, unique=True, default=new_token, editable=False)
    language = models.CharField(_("language"), max_length=8, default="ja")

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="one_calendar_per_person")]

    def __str__(self) -> str:
        return f"{self.user} → {self.event}"
