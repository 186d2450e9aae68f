from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.text import Bilingual
from events.models.event import Event
from events.models.registration import Registration
from events.question_kinds import Autofill, QuestionGroup, QuestionKind, TextCheck

LONGEST = 2000
valid_name = RegexValidator(
    r"^[a-z][a-z0-9_]*\Z", _("Small letters, digits and _ only, a letter first: for example t_shirt.")
)
valid_value = RegexValidator(r"^[a-z0-9_]+\Z", _("Small letters, digits and _ only: for example size_m."))


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> "QuestionQuerySet":
        return self.filter(is_archived=False)

    def for_event(self, event: Event) -> "QuestionQuerySet":
        return self.filter(event=event)


class Question(models.Model):
    """What an event asks whoever registers. With answers it keeps its kind and can only be archived."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions", verbose_name=_("event"))
    key = models.CharField(
        _("column"),
        max_length=40,
        validators=[valid_name],
        help_text=_("The column of the export, for example t_shirt. It stays once somebody answered."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=QuestionKind, default=QuestionKind.TEXT)
    check_as = models.CharField(
        _("must be"), max_length=16, choices=TextCheck, blank=True, help_text=_("For questions of one line.")
    )
    max_length = models.PositiveSmallIntegerField(
        _("longest answer"), default=200, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    group = models.CharField(
        _("part of the form"), max_length=16, choices=QuestionGroup, default=QuestionGroup.EVENT
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    label_ja = models.CharField(_("question (Japanese)"), max_length=200)
    label_en = models.CharField(_("question (English)"), max_length=200, blank=True)
    help_ja = models.CharField(_("help (Japanese)"), max_length=300, blank=True)
    help_en = models.CharField(_("help (English)"), max_length=300, blank=True)
    autofill = models.CharField(
        _("browser fills in"),
        max_length=20,
        choices=Autofill,
        blank=True,
        help_text=_("A postal code also fills in prefecture, city and street of the same form."),
    )
    is_required = models.BooleanField(_("required"), default=False)
    is_archived = models.BooleanField(
        _("archived"), default=False, help_text=_("No longer asked; the answers are kept and exported.")
    )

    label, help = Bilingual(), Bilingual()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="one_question_per_key")]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def has_choices(self) -> bool:
        return QuestionKind(self.kind).has_choices


class Choice(models.Model):
    """One of the answers to choose from. Its value is what is stored and exported."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices", verbose_name=_("question"))
    value = models.CharField(
        _("value"),
        max_length=40,
        validators=[valid_value],
        help_text=_("What the export says. It stays once somebody answered."),
    )
    label_ja = models.CharField(_("choice (Japanese)"), max_length=120)
    label_en = models.CharField(_("choice (English)"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_archived = models.BooleanField(_("archived"), default=False)

    label = Bilingual()

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["question", "value"], name="one_choice_per_value")]

    def __str__(self) -> str:
        return str(self.label)


class Answer(models.Model):
    """A registered person's answer: a text, the value of a choice, or a list of values."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="answers", verbose_name=_("registration")
    )
    question = models.ForeignKey(
        Question, models.RESTRICT, related_name="answers", verbose_name=_("question")
    )
    value = models.JSONField(_("answer"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__position", "question_id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="one_answer_per_question")
        ]

    def __str__(self) -> str:
        return f"#{self.registration_id}: {self.question_id}"
