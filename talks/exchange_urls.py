"""The addresses of import and export inside the admin: /admin/talks/exchange/<event>/..."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from talks.views import exchange


def exchange_urls(guard: Callable[..., Any]) -> list[URLPattern]:
    """`guard` is the admin's own door."""
    root = "talks/exchange/<slug:event>/"
    return [
        path(root, guard(exchange.exchange), name="talks_exchange"),
        path(f"{root}<int:row_id>/", guard(exchange.plan), name="talks_exchange_plan"),
        path(f"{root}files/<str:format_name>", guard(exchange.download), name="talks_exchange_file"),
    ]
