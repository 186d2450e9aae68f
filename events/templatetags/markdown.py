"""Markdown from organizers and speakers, made safe."""

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

register = template.Library()
BLOCKS = {"p", "pre", "blockquote", "ul", "ol", "li", "h2", "h3", "h4", "hr"}
WORDS = {"a", "br", "em", "strong", "code", "del"}
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
