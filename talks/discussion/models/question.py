import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from talks.discussion.enums import QuestionState
from talks.models import Talk

LONGEST = 500


class QuestionQuerySet(models.QuerySet["TalkQuestion"]):
    def alive(self) -> "QuestionQuerySet":
        """Neither deleted nor merged into another."""
        return self.filter(deleted_at=None, merged_into=None)

    def untold(self) -> "QuestionQuerySet":
        """Viewers know an older number of votes."""
        return self.shown().exclude(votes=F("told_votes"))

    def shown(self) -> "QuestionQuerySet":
        return self.alive().filter(hidden_at=None)


class TalkQuestion(Timestamped):
    """A question to a talk. Who asked is known to nobody but the asker.

    Written by talks.discussion.services alone, which count and announce each change.
    """

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="questions", verbose_name=_("talk"))
    # Empty once the person has gone, or the event is long over.
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Made by the asker's browser: the same key is the same question, however often it is sent.
    client_key = models.UUIDField(default=uuid.uuid4, editable=False)
    body = models.CharField(_("question"), max_length=LONGEST)
    # As many as there are rows of QuestionVote.
    votes = models.PositiveIntegerField(_("votes"), default=0)
    # The number as viewers were last told it.
    told_votes = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(
        _("state"), max_length=16, choices=QuestionState, default=QuestionState.OPEN, editable=False
    )
    is_pinned = models.BooleanField(_("pinned"), default=False, editable=False)
    hidden_at = models.DateTimeField(_("hidden"), null=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("hidden by")
    )
    deleted_at = models.DateTimeField(_("deleted"), null=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="merged", verbose_name=_("merged into")
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a talk")
        verbose_name_plural = _("questions to talks")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["talk", "created_at"], name="questions_of_a_talk"),
            models.Index(fields=["talk"], condition=~Q(votes=F("told_votes")), name="untold_votes"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["asker", "client_key"], name="one_question_per_client_key"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60] or f"#{self.pk}"

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None


class QuestionVote(models.Model):
    """One person's vote. It outlives the person, so that the number stays what it was."""

    question = models.ForeignKey(TalkQuestion, models.CASCADE, related_name="vote_rows")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "voter"], name="one_vote_per_person")]

    def __str__(self) -> str:
        return f"+1 {self.question_id}"
