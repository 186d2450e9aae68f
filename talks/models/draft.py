from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from events.models import Event, Room, Track
from talks.models.talk import Talk


class Draft(models.Model):
    """The next version of an event's timetable. Each edit raises `revision`, which is also its lock."""

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="draft")
    revision = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.event_id}: {self.revision}"


class Placement(models.Model):
    """Where a talk shall stand in the next version. A talk without such a row stays where it is."""

    talk = models.OneToOneField(Talk, models.CASCADE, primary_key=True, related_name="placement")
    track = models.ForeignKey(Track, models.PROTECT, null=True, related_name="placements")
    room = models.ForeignKey(Room, models.SET_NULL, null=True, related_name="placements")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    revision = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="placement_ends_after_it_starts",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.starts_at}"


class DraftChange(models.Model):
    """One edit of the draft: what undo reads. `before` is null when the edit made the talk."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="draft_changes", verbose_name=_("event"))
    talk = models.ForeignKey(Talk, models.CASCADE, related_name="draft_changes", verbose_name=_("talk"))
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), db_default=Now())
    undone_at = models.DateTimeField(_("undone"), null=True)

    class Meta:
        verbose_name = _("change of the draft")
        verbose_name_plural = _("changes of the draft")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.talk}: {self.after}"


class ProgrammeVersion(models.Model):
    """A timetable as it was published: the place of each published talk, by its id."""

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="programme_versions", verbose_name=_("event")
    )
    number = models.PositiveIntegerField(_("number"))
    published_at = models.DateTimeField(_("published"), db_default=Now())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    placements = models.JSONField(_("places"), default=dict)

    class Meta:
        verbose_name = _("version of the timetable")
        verbose_name_plural = _("versions of the timetable")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.event}: {self.number}"
