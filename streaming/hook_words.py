"""What webhooks say: a line for people, blocks as Slack draws them, and the same as values for programs."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.live import moment
from events.models import Announcement, Event, Track
from streaming.enums import Card, HookKind
from streaming.models import OnAirLog
from talks.models import Talk

Json = dict[str, Any]


def due_body(event: Event, track: Track, talk: Talk, seconds: int, *, is_armed: bool) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        minutes = _("in 5 minutes") if seconds > 90 else _("in 90 seconds")
        by = _("The timetable switches.") if is_armed else _("Somebody has to press.")
        text = _("Track %(track)s: “%(title)s” is due %(when)s. %(by)s")
        line = text % {"track": track.name, "title": talk.title, "when": minutes, "by": by}
    values = {"track": _track(track), "talk": _talk(talk), "seconds": seconds, "is_armed": is_armed}
    return _body(event, HookKind.DUE, line, values)


def on_air_body(event: Event, row: OnAirLog) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        shown = row.to_talk.title if row.to_talk and not row.to_card else str(Card(row.to_card).label)
        who = row.actor.display_name if row.actor else row.get_source_display()
        text = _("Track %(track)s is showing: %(shown)s (%(who)s)")
        line = text % {"track": row.track.name, "shown": shown, "who": who}
    values = {
        "track": _track(row.track),
        "talk": _talk(row.to_talk) if row.to_talk else None,
        "card": row.to_card or None,
        "revision": row.revision,
        "source": row.source,
        "at": moment(row.at),
    }
    return _body(event, HookKind.ON_AIR, line, values)


def health_body(event: Event, track: Track, before: str, now: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        text = _("Picture of track %(track)s: %(now)s (before: %(before)s)")
        words = {"track": track.name, "now": condition_word(now), "before": condition_word(before)}
    return _body(event, HookKind.HEALTH, text % words, {"track": _track(track), "before": before, "now": now})


def announcement_body(event: Event, row: Announcement, *, is_shown: bool) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        text = _("Viewers read: %(text)s") if is_shown else _("No longer shown to viewers: %(text)s")
        line = text % {"text": row.text_ja}
    values = {"id": row.pk, "level": row.level, "is_shown": is_shown, "track_id": row.track_id}
    return _body(event, HookKind.ANNOUNCEMENT, line, {"announcement": values})


def test_body(event: Event) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        line = _("A test of the webhook. Nothing has happened.")
    return _body(event, HookKind.TEST, line, {})


def condition_word(condition: str) -> str:
    words = {
        "healthy": pgettext("picture", "healthy"),
        "warned": pgettext("picture", "with warnings"),
        "starving": pgettext("picture", "starving"),
        "no_picture": pgettext("picture", "no picture"),
        "unknown": pgettext("picture", "unknown"),
        "off": pgettext("picture", "off"),
        "elsewhere": pgettext("picture", "elsewhere"),
    }
    return words.get(condition, condition)


def _body(event: Event, kind: str, line: str, values: Json) -> str:
    console = settings.SITE_URL + reverse("streaming:control_room", args=[event.slug])
    with translation.override(settings.LANGUAGE_CODE):
        way = _("Open the control room")
    section = {"type": "section", "text": {"type": "mrkdwn", "text": f"{_plain(line)}\n<{console}|{way}>"}}
    told = {"kind": kind, "event": event.slug, "console_url": console, **values}
    return json.dumps(
        {"text": _plain(f"{event.name_ja}: {line}"), "blocks": [section], "dreamkast": told},
        ensure_ascii=False,
    )


def _plain(text: str) -> str:
    """Slack reads these three signs as the beginning of something."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _track(track: Track) -> Json:
    return {"id": track.pk, "name": track.name}


def _talk(talk: Talk) -> Json:
    return {
        "id": talk.pk,
        "title": talk.title,
        "starts_at": moment(talk.starts_at),
        "ends_at": moment(talk.ends_at),
    }
