from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from dreamkast.lib.text import Bilingual
from events.enums import AnnouncementLevel, Audience
from events.models.event import Event
from events.models.track import Track


class Announcement(Timestamped):
    """A sentence to everybody who watches. Shown while it is published and not withdrawn."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="announcements", verbose_name=_("event"))
    track = models.ForeignKey(
        Track, models.CASCADE, null=True, blank=True, related_name="announcements", verbose_name=_("track")
    )
    level = models.CharField(
        _("level"), max_length=16, choices=AnnouncementLevel, default=AnnouncementLevel.NOTICE
    )
    audience = models.CharField(_("for"), max_length=16, choices=Audience, default=Audience.ALL)
    text_ja = models.TextField(_("text (Japanese)"), max_length=500)
    text_en = models.TextField(_("text (English)"), max_length=500, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("author"),
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    text = Bilingual()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.text_ja[:60]

    @property
    def is_shown(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None
