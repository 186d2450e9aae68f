from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.text import Bilingual
from events.models.event import Event


class ConsentText(models.Model):
    """What people agree to when they register. Only added to: each consent names its version."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="consent_texts", verbose_name=_("event"))
    version = models.PositiveIntegerField(_("version"), editable=False)
    text_ja = models.TextField(_("text (Japanese, Markdown)"), max_length=20_000)
    text_en = models.TextField(_("text (English, Markdown)"), max_length=20_000, blank=True)
    published_at = models.DateTimeField(_("published"), editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("author"),
    )

    text = Bilingual()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["event", "-version"]
        constraints = [models.UniqueConstraint(fields=["event", "version"], name="one_text_per_version")]

    def __str__(self) -> str:
        return f"{self.event}: {self.version}"
