"""What the control room sends about inputs. Times are those of the event's clock."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from streaming.enums import Attachment
from streaming.slate_files import validate_slate

TIMES = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"]
NEEDED = {"switch": ("to", "number"), "cancel": ("number",), "choose": ()}


class InputsForm(forms.Form):
    step = forms.ChoiceField(choices=[(step, step) for step in NEEDED])
    to = forms.ChoiceField(choices=Attachment.choices, required=False)
    number = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    at = forms.DateTimeField(input_formats=TIMES, required=False)
    has_backup = forms.BooleanField(required=False)
    slate_url = forms.CharField(max_length=500, required=False, validators=[validate_slate])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in NEEDED.get(cleaned.get("step", ""), ()):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError("required", code="required"))
        return cleaned
