"""The address of a page, and the picture that a link to it shows. Both begin with the site's one address."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from events.models import Event
from talks.cards.of_pages import card_of_event, card_of_speaker, card_of_talk
from talks.models import Speaker, Talk

register = template.Library()
LOCALES = {"ja": "ja_JP", "en": "en_US"}


@register.simple_tag
def site_address(path: str) -> str:
    """The same for every name by which the site is reached, so that a page is one page."""
    return f"{settings.SITE_URL}{path}"


@register.simple_tag
def page_locales() -> list[str]:
    """Of the page as it is, then the other one."""
    return [LOCALES[_language()], *(name for lang, name in LOCALES.items() if lang != _language())]


@register.simple_tag
def share_card(event: Event, talk: Talk | None = None, speaker: Speaker | None = None) -> str:
    """Its whole address: of the talk or the person where there is one, else of the event."""
    return settings.SITE_URL + _card_path(event, talk or None, speaker or None)


def _card_path(event: Event, talk: Talk | None, speaker: Speaker | None) -> str:
    if talk:
        return reverse("talks:talk_card", args=[event.slug, talk.pk, card_of_talk(talk).digest])
    lang = _language()
    if speaker:
        digest = card_of_speaker(event, speaker, lang).digest
        return reverse("talks:speaker_card", args=[event.slug, speaker.pk, lang, digest])
    return reverse("talks:event_card", args=[event.slug, lang, card_of_event(event, lang).digest])


def _language() -> str:
    return "en" if get_language() == "en" else "ja"
