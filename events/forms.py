from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.consent import Consent
from events.enums import Attendance
from events.models import Event, Question, Registration
from events.question_fields import CHOOSE, field_of, name_of
from events.question_kinds import (
    ABROAD,
    CHECKS_IN_JAPAN,
    PARTS_IN_JAPAN,
    Autofill,
    QuestionGroup,
)


class RegistrationForm(forms.Form):
    """Who, what the event asks, how to take part, and the consent to its present text."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As the organizers and the reception should read it."),
        error_messages={"required": _("Write your name, for example Aoi Tanaka.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    attendance = forms.ChoiceField(
        label=_("How do you take part?"), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    consent = forms.BooleanField(
        label=_("I agree to this."),
        error_messages={"required": _("Without your consent we may not register you.")},
        # A text must be agreed to on the page on which it is read.
        widget=forms.CheckboxInput({"data-no-draft": True}),
    )
    consent_version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        event: Event,
        registration: Registration | None,
        questions: list[Question],
        consent: Consent,
        places_left: int | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.present = questions, consent
        self.fields["attendance"].choices = ways_to_attend(event, registration, places_left)
        self.fields |= {name_of(question): field_of(question) for question in questions}
        # The summary of errors follows the page: consent comes last.
        self.order_fields(["name", *map(name_of, questions)])
        if self._asks_for_both_names():
            del self.fields["name"]
        if self._is_abroad():
            self._leave_out_what_is_japanese()
        if registration is not None and registration.consent_version == consent.version:
            del self.fields["consent"], self.fields["consent_version"]

    def groups(self) -> Iterator[tuple[Any, list[Any]]]:
        """The form in its parts: a heading, and the fields below it."""
        for group in QuestionGroup:
            own = [name_of(question) for question in self.questions if question.group == group]
            first = ["name"] if group == QuestionGroup.PERSON and "name" in self.fields else []
            if first or own:
                yield group.label, [self[name] for name in [*first, *own]]

    def answers(self) -> dict[int, Any]:
        """By the question's id; once the form is valid."""
        return {question.pk: self.cleaned_data[name_of(question)] for question in self.questions}

    def person(self) -> str:
        """The name of the account; family name first, as it is asked for."""
        if "name" in self.fields:
            return str(self.cleaned_data["name"])
        names = {question.autofill: self.cleaned_data[name_of(question)] for question in self.questions}
        return f"{names[Autofill.FAMILY_NAME]} {names[Autofill.GIVEN_NAME]}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        read = cleaned.get("consent_version")
        if "consent" in cleaned and read and read != self.present.version:
            self.add_error("consent", _("The text has changed meanwhile. Please read it again."))
            self.data = self.data.copy()
            del self.data["consent"]
        return cleaned

    def _is_abroad(self) -> bool:
        """As the answer says that stands in the form now."""
        asked = [name_of(question) for question in self.questions if question.autofill == Autofill.PREFECTURE]
        return any(self[name].value() == ABROAD for name in asked)

    def _leave_out_what_is_japanese(self) -> None:
        """An address elsewhere has other parts, and not everybody knows how their name is written in kana."""
        for question in self.questions:
            field = self.fields[name_of(question)]
            if question.autofill in PARTS_IN_JAPAN or question.check_as in CHECKS_IN_JAPAN:
                field.required = False
            if question.check_as in CHECKS_IN_JAPAN:
                field.check_as = ""  # type: ignore[attr-defined]

    def _asks_for_both_names(self) -> bool:
        asked = {question.autofill for question in self.questions if question.is_required}
        return {Autofill.FAMILY_NAME.value, Autofill.GIVEN_NAME.value} <= asked


def ways_to_attend(
    event: Event, registration: Registration | None, places_left: int | None
) -> list[tuple[str, Any]]:
    """`places_left` is None without a limit. Who is on site or waits keeps that way."""
    ways = [(Attendance.ONLINE.value, _("Online, in the browser"))]
    is_in = registration is not None and registration.wish == Attendance.ON_SITE
    if is_in or event.has_on_site:
        ways.append((Attendance.ON_SITE.value, _on_site(event, None if is_in else places_left)))
    return ways


def _on_site(event: Event, left: int | None) -> Any:
    venue = _("On site: %(venue)s") % {"venue": event.venue} if event.venue else _("On site")
    if left == 0:
        return _("%(way)s. All places are taken: you come on the waiting list and take part online.") % {
            "way": venue
        }
    return venue
