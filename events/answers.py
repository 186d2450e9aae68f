"""What may be typed into a question of one line, and the form in which it is kept. Knows no database."""

import re
import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from events.question_kinds import TextCheck

KANA = re.compile(r"[ァ-ヶー・ヽヾ ]+")
# What keyboards offer for the one hyphen that is meant.
HYPHENS = re.compile(r"[-‐‑‒–—―−ー－]")
TO_KATAKANA = {code: code + 0x60 for code in [*range(0x3041, 0x3097), 0x309D, 0x309E]}
is_web_address = URLValidator(schemes=["http", "https"])


def clean_text(text: str, check_as: str) -> str:
    """The text as it is kept; ValidationError with an example when it is not what is asked for."""
    return CHECKS[TextCheck(check_as)](text) if check_as and text else text


def kana(text: str) -> str:
    """Katakana, full width. Hiragana and half-width katakana are turned into it."""
    wide = " ".join(unicodedata.normalize("NFKC", text).translate(TO_KATAKANA).split())
    if not KANA.fullmatch(wide):
        raise ValidationError(_("Write it in katakana, for example タナカ."))
    return wide


def postal_code(text: str) -> str:
    digits = HYPHENS.sub("", unicodedata.normalize("NFKC", text).replace("〒", "")).replace(" ", "")
    if not re.fullmatch(r"[0-9]{7}", digits):
        raise ValidationError(_("A postal code has seven digits, for example 150-0002."))
    return f"{digits[:3]}-{digits[3:]}"


def phone(text: str) -> str:
    number = re.sub(r"[ ()./]", "", HYPHENS.sub("", unicodedata.normalize("NFKC", text)))
    if not re.fullmatch(r"\+?[0-9]{9,15}", number):
        raise ValidationError(
            _("Write the number with its area code, for example 03-1234-5678 or +81 3 1234 5678.")
        )
    return number


def email(text: str) -> str:
    address = unicodedata.normalize("NFKC", text).strip()
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(_("This is not an e-mail address; one looks like aoi@example.com.")) from None
    return address


def url(text: str) -> str:
    try:
        is_web_address(text)
    except ValidationError:
        raise ValidationError(_("Write the whole address, for example https://example.com/.")) from None
    return text


CHECKS: dict[TextCheck, Callable[[str], str]] = {
    TextCheck.KANA: kana,
    TextCheck.POSTAL_CODE: postal_code,
    TextCheck.PHONE: phone,
    TextCheck.EMAIL: email,
    TextCheck.URL: url,
}
