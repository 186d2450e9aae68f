"""Runs beside the site: an event for people on site, with two talks at one time and one that is full."""

from typing import Any
from uuid import uuid4

from talks.models import Talk
from tests.postgres.seated_hall import build


def main() -> dict[str, Any]:
    slug = f"rooms-{uuid4().hex[:8]}"
    made = build(slug, 1, 3, None)
    for talk, title in zip(Talk.objects.filter(pk__in=made["talks"]).order_by("pk"), NAMES, strict=True):
        talk.title, talk.lang = title, "en"
        talk.seats = 0 if title == "Full house" else None
        talk.save()
    return {"slug": slug, "session": made["sessions"][0]}


NAMES = ["Lanterns", "Ferries", "Full house"]
