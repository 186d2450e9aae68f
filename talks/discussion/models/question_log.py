from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from talks.discussion.enums import QuestionVerb
from talks.discussion.models.question import TalkQuestion


class QuestionLog(models.Model):
    """Who did what to a question, and when. Only added to."""

    question = models.ForeignKey(
        TalkQuestion, models.CASCADE, related_name="log", verbose_name=_("question to a talk")
    )
    verb = models.CharField(_("what"), max_length=16, choices=QuestionVerb)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("change of a question")
        verbose_name_plural = _("changes of questions")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.verb}"
