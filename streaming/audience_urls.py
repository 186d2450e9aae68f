"""The addresses of the audience's numbers inside the admin: /admin/streaming/audience/<event>/..."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from streaming.views.audience import audience, audience_file


def audience_urls(guard: Callable[..., Any]) -> list[URLPattern]:
    """`guard` is the admin's own door."""
    root = "streaming/audience/<slug:event>/"
    return [
        path(root, guard(audience), name="streaming_audience"),
        path(f"{root}file.csv", guard(audience_file), name="streaming_audience_file"),
    ]
