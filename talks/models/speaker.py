import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from dreamkast.lib.text import Bilingual
from events.models import Event


class Speaker(Timestamped):
    """Somebody who speaks at one event; linked to an account once they have signed in."""

    # Files that are imported again know the speaker by it.
    guid = models.UUIDField(default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("account"),
    )
    name_ja = models.CharField(_("name (Japanese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    bio_ja = models.TextField(_("about (Japanese)"), blank=True)
    bio_en = models.TextField(_("about (English)"), blank=True)
    avatar = models.ImageField(_("picture"), upload_to="speakers/", blank=True)

    name, bio = Bilingual(), Bilingual()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name_ja", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user"],
                name="one_speaker_per_person",
                condition=models.Q(user__isnull=False),
            ),
            models.UniqueConstraint(fields=["event", "guid"], name="one_speaker_per_guid"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("talks:speaker", args=[self.event.slug, self.pk])

    def name_in(self, lang: str) -> str:
        """The name as a text in `lang` writes it, whatever language the reader uses."""
        return self.name_en or self.name_ja if lang == "en" else self.name_ja

    @property
    def initials(self) -> str:
        """One kanji, or two Latin initials."""
        words = str(self.name).split()
        if not words:
            return "?"
        if words[0][0].isascii() and len(words) > 1:
            return (words[0][0] + words[-1][0]).upper()
        return words[0][0]
