"""What the control room sends about overrides."""

from django import forms

from streaming.enums import OverrideVerb


class AskOverrideForm(forms.Form):
    verb = forms.ChoiceField(choices=OverrideVerb.choices)
    reason = forms.CharField(max_length=200)


class OverrideForm(forms.Form):
    step = forms.ChoiceField(choices=[(step, step) for step in ("confirm", "withdraw")])
