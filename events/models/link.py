from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.text import Bilingual
from events.models.event import Event


class EventLink(models.Model):
    """An address elsewhere that visitors of the event want to know."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="links", verbose_name=_("event"))
    title_ja = models.CharField(_("title (Japanese)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120, blank=True)
    url = models.URLField(_("address of the page"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    title = Bilingual()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.title)
