"""What the timetable editor sends, turned into values of the event."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.templatetags.dates import short_day
from talks.enums import TalkKind, TalkLanguage
from talks.models import Talk
from talks.placing import NOWHERE, Place, nights_of

LONGEST_MINUTES = 24 * 60


class OfEvent(forms.Form):
    """Tracks and rooms come from the event; a field that is not known is refused."""

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        self.event = event
        super().__init__(*args, **kwargs)
        for name, rows in (("track_id", event.tracks.all()), ("room_id", event.rooms.all())):
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in set(self.data) - set(self.fields):
            self.add_error(None, forms.ValidationError(_("Unknown field: %(name)s"), params={"name": name}))
        return cleaned


class MomentField(forms.DateTimeField):
    """A time as text, in a year that conferences take place in."""

    def to_python(self, value: Any) -> Any:
        moment = super().to_python(str(value) if value not in self.empty_values else None)
        if moment is not None and not 2000 <= moment.year < 2200:
            raise forms.ValidationError(_("Enter a date of our time."))
        return moment


class PlaceForm(OfEvent):
    talk_id = forms.IntegerField(min_value=1)
    track_id = forms.ModelChoiceField(None, required=False)
    room_id = forms.ModelChoiceField(None, required=False)
    starts_at = MomentField(required=False)
    ends_at = MomentField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if bool(starts) != bool(ends) and not self.errors:
            self.add_error("ends_at", _("Give both times, or none."))
        elif starts and ends and not timedelta(0) < ends - starts <= timedelta(minutes=LONGEST_MINUTES):
            self.add_error("ends_at", _("It must end after it starts, within a day."))
        return cleaned

    @property
    def place(self) -> Place:
        given = self.cleaned_data
        if given["starts_at"] is None:
            return NOWHERE
        track, room = given["track_id"], given["room_id"]
        return Place(track and track.pk, room and room.pk, given["starts_at"], given["ends_at"])


class MoveForm(PlaceForm):
    expected_revision = forms.IntegerField(min_value=0)


class EntryForm(OfEvent):
    kind = forms.ChoiceField(choices=TalkKind)
    title = forms.CharField(max_length=200)
    minutes = forms.IntegerField(min_value=5, max_value=LONGEST_MINUTES)
    lang = forms.ChoiceField(choices=TalkLanguage)
    is_for_all_tracks = forms.BooleanField(required=False)

    @property
    def entry(self) -> Talk:
        return Talk(**self.cleaned_data)


class PublishForm(OfEvent):
    expected_draft_revision = forms.IntegerField(min_value=0)
    note = forms.CharField(max_length=200, required=False)


class PlacementForm(forms.Form):
    """The plain way to move a talk: what the mouse does, as fields."""

    day = forms.ChoiceField(label=_("Day"))
    start = forms.TimeField(
        label=_("Starts"),
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
        help_text=_("In the event's zone, for example 10:20."),
    )
    length = forms.IntegerField(label=_("Length in minutes"), min_value=5, max_value=LONGEST_MINUTES)
    track = forms.ModelChoiceField(None, label=_("Track"), required=False)
    room = forms.ModelChoiceField(
        None, label=_("Room"), required=False, empty_label=_("The track's own room")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, event: Event, talk: Talk, *args: Any, **kwargs: Any) -> None:
        self.event, self.talk = event, talk
        super().__init__(*args, **kwargs)
        self.days = [day.date for day in event.days.all()]
        self.fields["day"].choices = _choices_of(self.days)  # type: ignore[attr-defined]
        self.fields["track"].queryset = event.tracks.all()  # type: ignore[attr-defined]
        self.fields["room"].queryset = event.rooms.all()  # type: ignore[attr-defined]
        if talk.is_for_all_tracks:
            del self.fields["track"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "track" in self.fields and not self.errors and not cleaned.get("track"):
            self.add_error("track", _("Choose a track."))
        return cleaned

    @property
    def evening(self) -> date | None:
        """The day of the event that was chosen; a night's is the one before it."""
        if "day" not in self.cleaned_data:
            return None
        chosen = date.fromisoformat(self.cleaned_data["day"])
        return chosen if chosen in self.days else chosen - timedelta(days=1)

    @property
    def place(self) -> Place:
        given = self.cleaned_data
        start = datetime.fromisoformat(f"{given['day']}T{given['start']:%H:%M}").replace(
            tzinfo=self.event.zone
        )
        track, room = given.get("track"), given["room"]
        ends = start + timedelta(minutes=given["length"])
        return Place(track and track.pk, room and room.pk, start, ends)


def _choices_of(days: list[date]) -> list[tuple[str, str]]:
    """Each day, and behind it its night as the date that the clocks show then."""
    nights = nights_of(days)
    choices = []
    for day in days:
        choices.append((day.isoformat(), short_day(day)))
        if day in nights:
            night = (day + timedelta(days=1)).isoformat()
            choices.append((night, _("%(day)s, after midnight") % {"day": short_day(day)}))
    return choices
