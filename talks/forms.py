from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.templatetags.dates import short_day
from talks.enums import Difficulty, TalkLanguage


class TalkFilterForm(forms.Form):
    """What somebody looks for in the timetable. A value that does not exist is left aside."""

    category = forms.ChoiceField(label=_("Subject"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, categories: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("category", _("All subjects"), [(name, name) for name in categories])
        self._offer("level", _("All levels"), Difficulty.choices)
        self._offer("language", _("All languages"), TalkLanguage.choices)

    def _offer(self, name: str, everything: Any, choices: Any) -> None:
        field = self.fields[name]
        field.choices = [("", everything), *choices]  # type: ignore[attr-defined]
        field.widget.attrs["class"] = "pick"

    @property
    def wanted(self) -> dict[str, str]:
        """The values that make sense, by field; empty ones are left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def selects(self) -> list[forms.BoundField]:
        """The choices that leave something to choose."""
        fields = (self[name] for name in ("category", "level", "language", "day") if name in self.fields)
        return [field for field in fields if len(field.field.choices) > 2]  # type: ignore[attr-defined]


class TalkSearchForm(TalkFilterForm):
    """What somebody looks for in the list of talks: words and a day as well."""

    q = forms.CharField(label=_("Title, words or speaker"), max_length=100, required=False)
    day = forms.ChoiceField(label=_("Day"), required=False)

    def __init__(self, *args: Any, days: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("day", _("All days"), [(day.isoformat(), short_day(day)) for day in days])
