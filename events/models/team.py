from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.text import Bilingual
from events.models.event import Event

ACCOUNT = RegexValidator(r"^[A-Za-z0-9_-]+$", _("Write the account's name alone, without @ and address."))


class TeamMember(models.Model):
    """Somebody who makes the event, as the team page shows them."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="team", verbose_name=_("event"))
    name_ja = models.CharField(_("name (Japanese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    duty_ja = models.CharField(_("what they do (Japanese)"), max_length=120, blank=True)
    duty_en = models.CharField(_("what they do (English)"), max_length=120, blank=True)
    picture = models.ImageField(_("picture"), upload_to="team/", blank=True)
    url = models.URLField(_("web page"), blank=True)
    github = models.CharField("GitHub", max_length=39, blank=True, validators=[ACCOUNT])
    x = models.CharField("X", max_length=15, blank=True, validators=[ACCOUNT])
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    is_shown = models.BooleanField(_("shown"), default=True)

    name, duty = Bilingual(), Bilingual()

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def pages(self) -> list[str]:
        """Where on the web this person is found."""
        accounts = {"https://github.com/": self.github, "https://x.com/": self.x}
        found = [f"{site}{account}" for site, account in accounts.items() if account]
        return [self.url, *found] if self.url else found
