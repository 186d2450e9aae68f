import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.models.registration import Registration
from events.validators import validate_github_name, validate_x_name


class PublicProfile(Timestamped):
    """What a person shows of themselves to the others. It goes with the registration."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="public_profile", verbose_name=_("registration")
    )
    nickname = models.CharField(_("nickname"), max_length=40)
    line = models.CharField(_("one line about you"), max_length=120, blank=True)
    x_name = models.CharField(_("name on X"), max_length=15, blank=True, validators=[validate_x_name])
    github_name = models.CharField(
        _("name on GitHub"), max_length=39, blank=True, validators=[validate_github_name]
    )
    is_public = models.BooleanField(_("show me on the list of attendees"), default=False)

    class Meta:
        verbose_name = _("public profile")
        verbose_name_plural = _("public profiles")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.nickname


class ProfilePicture(models.Model):
    """The picture of a profile, small, as bytes: when the row goes, nothing is left anywhere."""

    profile = models.OneToOneField(PublicProfile, models.CASCADE, primary_key=True, related_name="picture")
    webp = models.BinaryField()
    digest = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.digest
