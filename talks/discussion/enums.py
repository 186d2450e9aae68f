from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionState(models.TextChoices):
    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")


class AnswerRole(models.TextChoices):
    """In which role somebody answers. The words are the badge beside the answer."""

    SPEAKER = "speaker", _("Speaker")
    SPONSOR = "sponsor", _("Sponsor staff")
    STAFF = "staff", _("Staff")


class QuestionVerb(models.TextChoices):
    """What was done to a question by somebody who looks after it, or by its asker."""

    ANSWERED = "answered", _("marked answered")
    REOPENED = "reopened", _("opened again")
    HIDDEN = "hidden", _("hidden")
    SHOWN = "shown", _("shown again")
    PINNED = "pinned", _("pinned")
    UNPINNED = "unpinned", _("no longer pinned")
    MERGED = "merged", _("merged into another")
    DELETED = "deleted", _("deleted")
    ANSWER_DELETED = "answer_deleted", _("answer deleted")
