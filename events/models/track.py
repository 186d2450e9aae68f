from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.text import Bilingual
from events.models.event import Event


class Room(models.Model):
    """A room of the venue."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="rooms", verbose_name=_("event"))
    name_ja = models.CharField(_("name (Japanese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)

    name = Bilingual()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "name_ja"], name="one_room_per_name")]

    def __str__(self) -> str:
        return str(self.name)


class Track(models.Model):
    """A lane of the programme: at most one of its talks is on air at a time."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="tracks", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="tracks", verbose_name=_("room")
    )

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="one_track_per_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def mark(self) -> str:
        """The one letter or number that stands for the track."""
        return self.name.removeprefix("Track ").removeprefix("トラック")[:1].upper()
