from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from talks.discussion.enums import AnswerRole
from talks.discussion.models.question import TalkQuestion
from talks.models import Speaker

LONGEST_ANSWER = 2000


class AnswerQuerySet(models.QuerySet["Answer"]):
    def shown(self) -> "AnswerQuerySet":
        return self.filter(deleted_at=None)


class Answer(Timestamped):
    """What a speaker or the organizers say to a question. Speakers answer by the name of the programme."""

    question = models.ForeignKey(
        TalkQuestion, models.CASCADE, related_name="answers", verbose_name=_("question to a talk")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    speaker = models.ForeignKey(
        Speaker, models.SET_NULL, null=True, related_name="+", verbose_name=_("speaker")
    )
    role = models.CharField(_("role"), max_length=16, choices=AnswerRole)
    client_key = models.UUIDField(null=True, editable=False)
    body = models.CharField(_("answer"), max_length=LONGEST_ANSWER)
    deleted_at = models.DateTimeField(_("deleted"), null=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["author", "client_key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.body[:60] or f"#{self.pk}"
