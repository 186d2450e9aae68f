from django.db import models
from django.utils.translation import gettext_lazy as _


class TalkKind(models.TextChoices):
    TALK = "talk", _("talk")
    KEYNOTE = "keynote", _("keynote")
    SPONSOR = "sponsor", _("sponsor talk")
    BREAK = "break", _("break")


class TalkLanguage(models.TextChoices):
    JA = "ja", _("Japanese")
    EN = "en", _("English")


class Difficulty(models.TextChoices):
    BEGINNER = "beginner", _("beginner")
    INTERMEDIATE = "intermediate", _("intermediate")
    ADVANCED = "advanced", _("advanced")


class ShiftScope(models.TextChoices):
    """How far a shift of the timetable reaches."""

    ONE = "one", _("this talk")
    BREAK = "break", _("until the next break")
    DAY = "day", _("the rest of the track's day")
    ALL = "all", _("the rest of the day on all tracks")
