"""Markdown from organizers and speakers, made safe."""

import re
from html import unescape

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

register = template.Library()
BLOCKS = {"p", "pre", "blockquote", "ul", "ol", "li", "h2", "h3", "h4", "hr"}
WORDS = {"a", "br", "em", "strong", "code", "del"}
TAG, LONGEST = re.compile(r"<[^>]*>"), 160
_reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("strikethrough")


@register.filter
def markdown(text: str) -> SafeString:
    """HTML with a few harmless tags; links open nothing but web pages and mail."""
    html = nh3.clean(
        _reader.render(text),
        tags=BLOCKS | WORDS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
    )
    return mark_safe(html)


@register.filter
def in_short(text: object) -> str:
    """The words alone, on one line, as many as a search engine or a chat shows of a page."""
    words = " ".join(unescape(TAG.sub("", markdown(str(text or "")))).split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
