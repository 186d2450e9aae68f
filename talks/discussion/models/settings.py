from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event
from talks.models import Talk

DAYS = 7
MOST_DAYS = 365


class QuestionSettings(models.Model):
    """How an event takes questions. An event without a row takes them, for a week after each talk."""

    event = models.OneToOneField(
        Event, models.CASCADE, primary_key=True, related_name="question_settings", verbose_name=_("event")
    )
    takes_questions = models.BooleanField(_("takes questions"), default=True)
    days = models.PositiveSmallIntegerField(
        _("days after a talk"),
        default=DAYS,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_("For so long people may ask and vote after a talk, and its speakers may answer."),
    )

    class Meta:
        verbose_name = _("settings of questions")
        verbose_name_plural = _("settings of questions")

    def __str__(self) -> str:
        return str(self.event)


class QuestionCount(models.Model):
    """The count of changes that the talk's viewers go by, and whether its speakers have been mailed.

    A row of its own: it stays locked until a change commits, so revisions come out in order.
    """

    talk = models.OneToOneField(Talk, models.CASCADE, primary_key=True, related_name="question_counter")
    revision = models.PositiveBigIntegerField(default=0)
    votes_told_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.revision}"
