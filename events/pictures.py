"""Pictures that people upload: raster images of a sane size, looked at by Pillow before they are kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

KINDS = {"PNG", "JPEG", "WEBP"}
MOST_BYTES = 5 * 1024 * 1024
MOST_SIDE = 6000


class PictureField(forms.ImageField):
    default_error_messages = {
        "invalid_image": _(
            "This is not a picture that can be shown here. Upload a PNG, JPEG or WebP file;"
            " SVG is refused because it can carry scripts."
        ),
        "too_heavy": _("The picture has more than 5 MB. Make it smaller."),
        "too_large": _("The picture is more than 6,000 pixels wide or high. Make it smaller."),
    }

    def to_python(self, data: Any) -> Any:
        if data and getattr(data, "size", 0) > MOST_BYTES:
            raise self._refusal("too_heavy")
        file = super().to_python(data)
        if file is not None and file.image.format not in KINDS:
            raise self._refusal("invalid_image")
        if file is not None and max(file.image.size) > MOST_SIDE:
            raise self._refusal("too_large")
        return file

    def _refusal(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)
