"""What the page of recordings sends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

STEPS = ("cut", "edges", "drop", "publish", "take_down")


class RecordingForm(forms.Form):
    """Edges are read in the event's zone, which the view has made the current one."""

    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])
    round = forms.IntegerField(min_value=0)
    starts_at = forms.DateTimeField(label=_("start"), required=False)
    ends_at = forms.DateTimeField(label=_("end"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("starts_at", "ends_at"):
            if cleaned.get("step") == "edges" and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("A time is needed."))
        return cleaned
