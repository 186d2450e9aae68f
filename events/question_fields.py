"""Questions of an event as fields of a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.answers import clean_text
from events.models import Question
from events.question_kinds import QuestionKind, TextCheck

WRITE, CHOOSE = {"required": _("Please fill this in.")}, {"required": _("Please choose an answer.")}
# More than these are a menu: as radio buttons they would fill a phone's screen.
MOST_BUTTONS = 6


class TelInput(forms.TextInput):
    input_type = "tel"


WIDGETS: dict[str, type[forms.TextInput]] = {
    TextCheck.EMAIL: forms.EmailInput,
    TextCheck.PHONE: TelInput,
    TextCheck.URL: forms.URLInput,
}
KEYBOARDS = {TextCheck.POSTAL_CODE: "numeric", TextCheck.PHONE: "tel"}


class CheckedText(forms.CharField):
    """One line, brought into the form in which it is kept."""

    def __init__(self, *, check_as: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check_as = check_as

    def clean(self, value: Any) -> str:
        return clean_text(super().clean(value), self.check_as)


def name_of(question: Question) -> str:
    return f"q_{question.key}"


def field_of(question: Question) -> forms.Field:
    """The questions come with their choices (`registration_pages.asked_questions`)."""
    kind = QuestionKind(question.kind)
    missing = CHOOSE if kind.has_choices else WRITE
    told = {
        "label": question.label,
        "help_text": question.help,
        "required": question.is_required,
        "error_messages": missing,
    }
    if kind == QuestionKind.TEXT:
        return _text(question, told)
    if kind == QuestionKind.LONG_TEXT:
        return forms.CharField(max_length=question.max_length, widget=forms.Textarea({"rows": 4}), **told)
    choices = [(choice.value, choice.label) for choice in question.offered]
    if kind == QuestionKind.CHOICES:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
    return _choice(question, choices, told)


def _text(question: Question, told: dict[str, Any]) -> forms.Field:
    attrs = {"autocomplete": question.autofill, "inputmode": KEYBOARDS.get(question.check_as, "")}
    widget = WIDGETS.get(question.check_as, forms.TextInput)
    return CheckedText(
        check_as=question.check_as,
        max_length=question.max_length,
        widget=widget({name: value for name, value in attrs.items() if value}),
        **told,
    )


def _choice(question: Question, choices: list[tuple[str, str]], told: dict[str, Any]) -> forms.Field:
    if len(choices) <= MOST_BUTTONS:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)
    attrs = {"autocomplete": question.autofill} if question.autofill else {}
    menu = [("", _("Please choose")), *choices]
    return forms.ChoiceField(choices=menu, widget=forms.Select(attrs), **told)
