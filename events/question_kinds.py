"""What a question of the registration form can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    TEXT = "text", _("one line")
    LONG_TEXT = "long_text", _("several lines")
    CHOICE = "choice", _("one of several")
    CHOICES = "choices", _("any of several")

    @property
    def has_choices(self) -> bool:
        return self in {QuestionKind.CHOICE, QuestionKind.CHOICES}


class TextCheck(models.TextChoices):
    KANA = "kana", _("katakana")
    POSTAL_CODE = "postal_code", _("Japanese postal code")
    PHONE = "phone", _("phone number")
    EMAIL = "email", _("e-mail address")
    URL = "url", _("web address")


class QuestionGroup(models.TextChoices):
    PERSON = "person", _("About you")
    WORK = "work", _("Your company or school")
    EVENT = "event", _("About this event")


class Autofill(models.TextChoices):
    """The names by which browsers fill fields in; also how a postal code finds the fields of its address."""

    FAMILY_NAME = "family-name", _("family name")
    GIVEN_NAME = "given-name", _("given name")
    ORGANIZATION = "organization", _("company or school")
    POSITION = "organization-title", _("position")
    EMAIL = "email", _("e-mail address")
    PHONE = "tel", _("phone number")
    POSTAL_CODE = "postal-code", _("postal code")
    PREFECTURE = "address-level1", _("prefecture")
    CITY = "address-level2", _("city")
    STREET = "address-line1", _("street")
    BUILDING = "address-line2", _("building")
    COUNTRY = "country-name", _("country")
    URL = "url", _("web address")


# Whoever chooses this as their prefecture has no Japanese address, and perhaps no kana.
ABROAD = "abroad"
PARTS_IN_JAPAN = frozenset({Autofill.POSTAL_CODE, Autofill.CITY, Autofill.STREET})
CHECKS_IN_JAPAN = frozenset({TextCheck.KANA, TextCheck.POSTAL_CODE})
