"""What the share cards of a talk, of a person and of an event say."""

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from events.models import Event
from events.theme import theme_of
from talks.cards.drawing import Card
from talks.models import Speaker, Talk


def card_of_talk(talk: Talk) -> Card:
    """In the talk's language, whoever asks: a card is shared with people of any."""
    event = talk.event
    with translation.override(talk.lang):
        names = [speaker.name_in(talk.lang) for speaker in talk.people]
        return _card(
            event,
            title=talk.title,
            people=_listed(names, talk.lang),
            above=str(event.name),
            below=_when(talk),
            faces=tuple(speaker.avatar.path for speaker in talk.people if speaker.avatar),
        )


def card_of_speaker(event: Event, speaker: Speaker, lang: str) -> Card:
    """`speaker` as a page has it: with what they give."""
    with translation.override(lang):
        return _card(
            event,
            title=speaker.name_in(lang),
            people=_listed([speaker.job_title, speaker.organisation], lang),
            above=str(event.name),
            below=_days(event),
            faces=(speaker.avatar.path,) if speaker.avatar else (),
        )


def card_of_event(event: Event, lang: str) -> Card:
    with translation.override(lang):
        return _card(
            event,
            title=str(event.name),
            people=str(event.tagline or ""),
            above=_days(event),
            below=settings.SITE_URL.partition("://")[2] + event.get_absolute_url(),
        )


def _card(event: Event, **words: object) -> Card:
    theme = theme_of(event.accent, event.ground)
    logo = event.logo.path if event.logo else ""
    colours = {"ground": theme.deep, "accent": theme.accent, "quiet": theme.on_deep_2}
    return Card(logo=logo, **colours, **words)  # type: ignore[arg-type]


def _listed(words: list[str], lang: str) -> str:
    return ("、" if lang == "ja" else ", ").join(filter(None, words))


def _when(talk: Talk) -> str:
    if talk.starts_at is None or talk.ends_at is None:
        return ""
    start, end = talk.starts_at.astimezone(talk.event.zone), talk.ends_at.astimezone(talk.event.zone)
    track = f"   {talk.track.name}" if talk.track else ""
    return f"{date_format(start, 'DATE_FORMAT')}  {start:%H:%M}–{end:%H:%M} {start:%Z}{track}"


def _days(event: Event) -> str:
    """`with_pages` knows the span; where nothing is shared, as in a preview, nobody has asked for it."""
    ends = dict.fromkeys([getattr(event, "first_day", None), getattr(event, "last_day", None)])
    return " – ".join(date_format(day, "DATE_FORMAT") for day in ends if day)
