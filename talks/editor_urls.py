"""The timetable editor's addresses, inside the admin: /admin/talks/timetable/<event>/..."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from talks.views import editor, editor_pages

PAGES: dict[str, tuple[str, Callable[..., Any]]] = {
    "talks_timetable": ("", editor_pages.page),
    "talks_timetable_form": ("talks/<int:talk_id>/", editor_pages.placement),
    "talks_timetable_cancel": ("talks/<int:talk_id>/cancel/", editor_pages.cancel),
    "talks_timetable_preview": ("preview", editor_pages.preview),
    "talks_timetable_draft": ("draft", editor.draft),
    "talks_timetable_check": ("check", editor.check),
    "talks_timetable_moves": ("moves", editor.moves),
    "talks_timetable_undo": ("undo", editor.undo),
    "talks_timetable_entries": ("entries", editor.entries),
    "talks_timetable_changes": ("changes", editor.changes),
    "talks_timetable_publish": ("publish", editor.publish),
    "talks_timetable_versions": ("versions", editor.versions),
    "talks_timetable_restore": ("versions/<int:number>/restore", editor.restore),
}


def editor_urls(guard: Callable[..., Any]) -> list[URLPattern]:
    """`guard` is the admin's own door."""
    return [
        path(f"talks/timetable/<slug:event>/{rest}", guard(view), name=name)
        for name, (rest, view) in PAGES.items()
    ]
