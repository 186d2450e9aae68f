from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.text import Bilingual
from events.models.event import Event


class SponsorTier(models.Model):
    """Diamond, gold, silver: sponsors of one tier are shown alike."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sponsor_tiers", verbose_name=_("event"))
    name_ja = models.CharField(_("name (Japanese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    name = Bilingual()

    class Meta:
        verbose_name = _("sponsor tier")
        verbose_name_plural = _("sponsor tiers")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.name)


class Sponsor(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="sponsors", verbose_name=_("event"))
    tier = models.ForeignKey(SponsorTier, models.PROTECT, related_name="sponsors", verbose_name=_("tier"))
    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("web page"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="sponsors/", blank=True)
    about_ja = models.TextField(_("about (Japanese)"), blank=True, help_text=_("Markdown."))
    about_en = models.TextField(_("about (English)"), blank=True, help_text=_("Markdown."))
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    about = Bilingual()

    class Meta:
        verbose_name = _("sponsor")
        verbose_name_plural = _("sponsors")
        ordering = ["tier__position", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="one_sponsor_per_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:sponsor", args=[self.event.slug, self.pk])
