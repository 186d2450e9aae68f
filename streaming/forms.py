"""What the control room sends besides commands."""

from typing import Any

from django import forms

from events.enums import AnnouncementLevel
from talks.enums import TalkLanguage


class DutyForm(forms.Form):
    step = forms.ChoiceField(
        choices=[(step, step) for step in ("on_duty", "off_duty", "lock", "renew", "unlock", "take_over")]
    )
    # Whoever loses the lock reads it.
    reason = forms.CharField(max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("step") == "take_over" and not cleaned.get("reason"):
            self.add_error("reason", "required")
        return cleaned


class AutomationForm(forms.Form):
    step = forms.ChoiceField(choices=[(step, step) for step in ("arm", "hold", "release", "disarm")])
    expected_revision = forms.IntegerField(min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("step") in ("arm", "release") and cleaned.get("expected_revision") is None:
            self.add_error("expected_revision", "required")
        return cleaned


class SlateForm(forms.Form):
    step = forms.ChoiceField(choices=[(step, step) for step in ("slate_on", "slate_off")])


class NoteForm(forms.Form):
    note = forms.CharField(max_length=200, required=False)


class TitleForm(forms.Form):
    title = forms.CharField(max_length=200)
    lang = forms.ChoiceField(choices=TalkLanguage.choices)
    drawn_title = forms.CharField(max_length=200, strip=False)


class SentenceForm(forms.Form):
    """A sentence to everybody who watches, or to those of one track."""

    text_ja = forms.CharField(max_length=500)
    text_en = forms.CharField(max_length=500, required=False)
    level = forms.ChoiceField(choices=AnnouncementLevel.choices)
    track_id = forms.IntegerField(required=False)
