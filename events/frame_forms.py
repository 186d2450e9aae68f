"""Forms that make an event: from a few words, or from an earlier one."""

import zoneinfo
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.models.event import MOST_DAYS, MOST_TRACKS

AUDIENCES = [
    ("registered", _("Registered people and staff")),
    ("all", _("Everybody, without registration")),
]


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "vDateField"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class NamesForm(forms.ModelForm):
    """The names of an event that does not exist yet, and its address."""

    class Meta:
        model = Event
        fields = ["name_ja", "name_en", "slug"]
        widgets = {
            "name_ja": forms.TextInput(attrs={"class": "vTextField", "lang": "ja"}),
            "name_en": forms.TextInput(attrs={"class": "vTextField", "lang": "en"}),
            "slug": forms.TextInput(attrs={"class": "vTextField"}),
        }
        help_texts = {
            "slug": _(
                "Each page's address begins with it: harbour2027. It stays once the event is announced."
            )
        }


class NewEventForm(NamesForm):
    first_day = _day(_("first day"))
    last_day = _day(_("last day"))
    time_zone = forms.ChoiceField(
        label=_("time zone"),
        initial="Asia/Tokyo",
        choices=lambda: [(name, name) for name in sorted(zoneinfo.available_timezones())],
    )
    tracks = forms.IntegerField(
        label=_("number of tracks"),
        initial=1,
        min_value=1,
        max_value=MOST_TRACKS,
        help_text=_("They are called A, B, C and so on, each with a room; all of it can be changed later."),
    )
    audience = forms.ChoiceField(
        label=_("who may watch"), choices=AUDIENCES, initial="registered", widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last:
            self._check_span(first, last)
        return cleaned

    def _check_span(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last_day", _("The last day lies before the first one."))
        elif (last - first).days >= MOST_DAYS:
            self.add_error("last_day", _("An event has %(count)s days at most.") % {"count": MOST_DAYS})

    def new_event(self) -> Event:
        """The event as the form describes it, not saved."""
        event: Event = self.instance
        event.time_zone = self.cleaned_data["time_zone"]
        event.is_open_to_all = self.cleaned_data["audience"] == "all"
        return event


class CopyEventForm(NamesForm):
    first_day = _day(_("first day"))
    sponsors = forms.BooleanField(
        label=_("copy the sponsors too"),
        required=False,
        help_text=_("The tiers are copied in any case."),
    )
