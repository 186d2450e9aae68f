"""The words of the chat."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    """Viewers are told of messages that are shown, and that one is gone; of nothing else."""

    WAITING = "waiting", _("awaiting approval")
    SHOWN = "shown", _("shown")
    HIDDEN = "hidden", _("hidden")
    DELETED = "deleted", _("deleted")


class Badge(models.TextChoices):
    NONE = "", _("attendee")
    SPEAKER = "speaker", _("Speaker")
    SPONSOR = "sponsor", _("Sponsor staff")
    STAFF = "staff", _("Staff")


class Reaction(models.TextChoices):
    """Few and kind. The pictures are the page's."""

    THUMB = "thumb", _("thumb up")
    CLAP = "clap", _("applause")
    HEART = "heart", _("heart")
    LAUGH = "laugh", _("laughter")
    PARTY = "party", _("party")
    THINK = "think", _("thoughtful")


class ModerationVerb(models.TextChoices):
    APPROVED = "approved", _("approved")
    HIDDEN = "hidden", _("hidden")
    SHOWN = "shown", _("shown again")
    DELETED = "deleted", _("deleted")
    EDITED = "edited", _("changed by the author")
    REPORTED = "reported", _("reported")
    DISMISSED = "dismissed", _("report dismissed")
    SILENCED = "silenced", _("silenced")
    BANNED = "banned", _("banned")
    LIFTED = "lifted", _("may write again")
    SWITCHED = "switched", _("room changed")
