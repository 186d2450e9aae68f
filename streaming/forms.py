"""What the control room sends besides commands."""

from django import forms

from talks.enums import TalkLanguage


class DutyForm(forms.Form):
    step = forms.ChoiceField(
        choices=[(step, step) for step in ("on_duty", "off_duty", "lock", "renew", "unlock", "take_over")]
    )


class NoteForm(forms.Form):
    note = forms.CharField(max_length=200, required=False)


class TitleForm(forms.Form):
    title = forms.CharField(max_length=200)
    lang = forms.ChoiceField(choices=TalkLanguage.choices)
    drawn_title = forms.CharField(max_length=200, strip=False)
