"""An event's colours where its stylesheet is not: in a list of many events."""

from functools import lru_cache

from django import template

from events.theme import Theme, theme_of

register = template.Library()


@register.filter
@lru_cache(maxsize=64)
def theme(accent: str) -> Theme:
    return theme_of(accent)
