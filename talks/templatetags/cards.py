"""The picture that a link to a page shows."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from events.models import Event
from talks.cards.of_pages import card_of_event, card_of_talk
from talks.models import Talk

register = template.Library()


@register.simple_tag
def share_card(event: Event, talk: Talk | None = None) -> str:
    """Its whole address: of the talk where there is one, else of the event in the page's language."""
    if talk:
        own = [event.slug, talk.pk, card_of_talk(talk).digest]
        return settings.SITE_URL + reverse("talks:talk_card", args=own)
    lang = "en" if get_language() == "en" else "ja"
    return settings.SITE_URL + reverse(
        "talks:event_card", args=[event.slug, lang, card_of_event(event, lang).digest]
    )
