"""The form of a public profile. People paste addresses where a name is asked: both are understood."""

import io
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from events.models import PublicProfile
from events.validators import validate_github_name, validate_x_name

MOST_BYTES, MOST_PIXELS, SIDE = 4 * 1024 * 1024, 40_000_000, 256
KINDS = ("JPEG", "PNG", "WEBP")


class ProfilePictureField(forms.FileField):
    """Cleans to the picture as a small square WebP, without the place and time that cameras write into it."""

    default_error_messages = {
        "not_a_picture": _("This file is no picture that we can read. Choose a JPEG, PNG or WebP file."),
        "too_large": _("This picture is too large. Choose one below 4 MB."),
    }
    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, value: Any, initial: Any = None) -> Any:
        file = super().clean(value, initial)
        return self._squared(file) if isinstance(file, UploadedFile) else None

    def _squared(self, file: UploadedFile) -> bytes:
        if (file.size or 0) > MOST_BYTES:
            raise self._refusal("too_large")
        try:
            with Image.open(file, formats=KINDS) as picture:
                # Known from the head of the file, before a small file can unpack to a huge picture.
                if picture.width * picture.height > MOST_PIXELS:
                    raise self._refusal("too_large")
                return small_square(picture)
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise self._refusal("not_a_picture") from error

    def _refusal(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)


def small_square(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    square = ImageOps.fit(upright, (SIDE, SIDE))
    written = io.BytesIO()
    square.save(written, "WEBP", quality=82)
    return written.getvalue()


class SiteNameField(forms.CharField):
    """Somebody's name on another site, also out of "@aoi" or "https://x.com/aoi"."""

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value)
        return text.rstrip("/").rpartition("/")[2].removeprefix("@")


class PublicProfileForm(forms.ModelForm):
    x_name = SiteNameField(label=_("Name on X"), required=False, validators=[validate_x_name])
    github_name = SiteNameField(label=_("Name on GitHub"), required=False, validators=[validate_github_name])
    picture = ProfilePictureField(
        label=_("Your picture"),
        required=False,
        help_text=_("JPEG, PNG or WebP, below 4 MB. It is cut to a square."),
    )
    drop_picture = forms.BooleanField(label=_("Remove the picture"), required=False)

    class Meta:
        model = PublicProfile
        fields = ["nickname", "line", "x_name", "github_name", "picture", "drop_picture", "is_public"]
        labels = {
            "nickname": _("Nickname"),
            "line": _("One line about you"),
            "is_public": _("Show me on the list of attendees"),
        }
        help_texts = {
            "nickname": _("What the others call you. It need not be your name."),
            "is_public": _(
                "Everybody can read the list. You can leave it at any time, and are gone at once."
            ),
        }
        error_messages = {"nickname": {"required": _("Write what the others may call you, for example aoi.")}}

    def __init__(self, *args: Any, has_picture: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_picture:
            del self.fields["drop_picture"]
