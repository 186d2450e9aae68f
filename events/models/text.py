from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from dreamkast.lib.text import Bilingual
from events.enums import TextKind
from events.models.event import Event


class EventText(Timestamped):
    """A page of words in Markdown. One that is written in one language only is shown in that one to all."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="texts", verbose_name=_("event"))
    kind = models.CharField(_("which text"), max_length=16, choices=TextKind)
    body_ja = models.TextField(_("text (Japanese, Markdown)"), blank=True)
    body_en = models.TextField(_("text (English, Markdown)"), blank=True)

    body = Bilingual()

    class Meta:
        verbose_name = _("text of the event")
        verbose_name_plural = _("texts of the event")
        ordering = ["event", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["event", "kind"], name="one_text_per_kind"),
            models.CheckConstraint(name="text_is_written", condition=~Q(body_ja="", body_en="")),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def clean(self) -> None:
        if not self.body_ja and not self.body_en:
            raise ValidationError(_("Write the text in at least one language, or delete it."))

    def get_absolute_url(self) -> str:
        return reverse(f"events:{self.kind}", args=[self.event.slug])
