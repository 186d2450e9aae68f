import re
import zoneinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.enums import RESERVED_SLUGS


def validate_free_slug(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("“%(slug)s” is an address of the site itself."), params={"slug": slug})


def validate_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone; try Asia/Tokyo."), params={"name": name})


def validate_x_name(value: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_]{1,15}", value):
        raise ValidationError(_("Write the name as on X, for example aoi_tanaka."))


def validate_github_name(value: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9](-?[A-Za-z0-9]){0,38}", value):
        raise ValidationError(_("Write the name as on GitHub, for example aoi-tanaka."))


def validate_colour(value: str) -> None:
    if not re.fullmatch(r"#[0-9a-f]{6}", value, re.IGNORECASE):
        raise ValidationError(_("Write the colour as # and six digits, for example #0b6e75."))
