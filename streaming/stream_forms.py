"""What the control room sends about streams."""

from typing import Any

from django import forms

from streaming.enums import GatewayName

STEPS = ("prepare", "start", "stop", "delete", "look", "keep_running")


class StreamForm(forms.Form):
    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])


class AllStreamsForm(forms.Form):
    step = forms.ChoiceField(choices=[(step, step) for step in ("prepare", "start")])


class KeyForm(forms.Form):
    step = forms.ChoiceField(choices=[(step, step) for step in ("show", "renew")])


class GatewayForm(forms.Form):
    """The address counts only for a picture from elsewhere; what was written for it is kept beside others."""

    gateway = forms.ChoiceField(choices=GatewayName.choices)
    source_url = forms.URLField(max_length=500, required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_needed = cleaned.get("gateway") == GatewayName.EMBED
        if is_needed and not cleaned.get("source_url") and "source_url" not in self.errors:
            self.add_error("source_url", "required")
        return cleaned
