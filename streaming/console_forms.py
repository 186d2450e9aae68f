"""What the control room asks of its log and of the timetable."""

from datetime import datetime
from typing import Any

from django import forms

from streaming.selectors.control_log import KINDS, LogFilter
from talks.enums import ShiftScope
from talks.services.shifting import MOST_MINUTES


class MomentField(forms.Field):
    """A time as the wire writes it."""

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            found = datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise forms.ValidationError("moment") from error
        if found.tzinfo is None:
            raise forms.ValidationError("moment")
        return found


class LogFilterForm(forms.Form):
    track = forms.IntegerField(required=False)
    talk = forms.IntegerField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *((kind, kind) for kind in KINDS)])
    actor = forms.CharField(required=False, max_length=100)
    before = MomentField(required=False)

    @property
    def wanted(self) -> LogFilter:
        given = self.cleaned_data
        return LogFilter(given["track"], given["talk"], given["kind"], given["actor"], given["before"])


class ShiftForm(forms.Form):
    """Which talk, by how many minutes, how far that reaches."""

    talk_id = forms.IntegerField()
    minutes = forms.IntegerField(min_value=-MOST_MINUTES, max_value=MOST_MINUTES)
    scope = forms.ChoiceField(choices=ShiftScope.choices)

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if minutes == 0:
            raise forms.ValidationError("zero")
        return minutes


class SeenShiftForm(ShiftForm):
    """Where whoever asks saw the talk stand: a second press of the same does nothing twice."""

    starts_at = MomentField()
    ends_at = MomentField()


class SpeakersForm(forms.Form):
    talk_id = forms.IntegerField()
    are_here = forms.TypedChoiceField(
        choices=[("True", True), ("False", False)], coerce=lambda text: text == "True"
    )
