"""What machines read of a page, in the words of schema.org. The script is data: nothing runs."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from events.models import Event, Sponsor
from talks.models import Speaker, Talk
from talks.videos import ShownVideo

register = template.Library()
# As json_script does: no text can end the script early.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
STATUS = {True: "https://schema.org/EventCancelled", False: "https://schema.org/EventScheduled"}


@register.simple_tag
def event_as_data(event: Event) -> SafeString | str:
    days = [day.date for day in event.days.all() if not day.is_internal]
    if not days:
        return ""
    return _script(
        {
            **_event(str(event.name), event.get_absolute_url()),
            "description": str(event.tagline or event.name),
            "startDate": days[0].isoformat(),
            "endDate": days[-1].isoformat(),
            "organizer": {"@type": "Organization", "name": str(event.organizer or event.name)},
            **_place(event),
        }
    )


@register.simple_tag
def talk_as_data(talk: Talk) -> SafeString | str:
    if talk.starts_at is None or talk.ends_at is None:
        return ""
    zone = talk.event.zone
    return _script(
        {
            **_event(talk.title, talk.get_absolute_url()),
            "startDate": talk.starts_at.astimezone(zone).isoformat(),
            "endDate": talk.ends_at.astimezone(zone).isoformat(),
            "inLanguage": talk.lang,
            "eventStatus": STATUS[talk.is_cancelled],
            "performer": [{"@type": "Person", "name": name} for name in talk.speaker_names],
            "superEvent": _event(str(talk.event.name), talk.event.get_absolute_url()),
            **_place(talk.event),
        }
    )


@register.simple_tag
def video_as_data(talk: Talk, video: ShownVideo) -> SafeString:
    facts = {"@type": "VideoObject", "name": talk.title, "description": talk.abstract or talk.title}
    when = video.published_at or talk.ends_at
    own = {"uploadDate": when.isoformat() if when else "", "duration": video.duration}
    own |= {"embedUrl": video.frame} if video.frame else {"contentUrl": video.url}
    known = facts | own | {"inLanguage": talk.lang}
    return _script({name: value for name, value in known.items() if value})


@register.simple_tag
def speaker_as_data(speaker: Speaker) -> SafeString:
    facts = {"@type": "Person", "name": str(speaker.name), "jobTitle": speaker.job_title}
    works = {"@type": "Organization", "name": speaker.organisation} if speaker.organisation else None
    known = facts | {"worksFor": works, "url": settings.SITE_URL + speaker.get_absolute_url()}
    return _script({name: value for name, value in known.items() if value})


@register.simple_tag
def sponsor_as_data(sponsor: Sponsor) -> SafeString:
    logo = settings.SITE_URL + sponsor.logo.url if sponsor.logo else ""
    facts = {"@type": "Organization", "name": sponsor.name, "url": sponsor.url, "logo": logo}
    return _script({name: value for name, value in facts.items() if value})


def _event(name: str, path: str) -> dict[str, Any]:
    return {"@type": "Event", "name": name, "url": settings.SITE_URL + path}


def _place(event: Event) -> dict[str, Any]:
    online = {"@type": "VirtualLocation", "url": settings.SITE_URL + event.get_absolute_url()}
    if not event.venue:
        mode = "https://schema.org/OnlineEventAttendanceMode"
        return {"eventAttendanceMode": mode, "location": online}
    mode = "https://schema.org/MixedEventAttendanceMode"
    venue = {"@type": "Place", "name": str(event.venue), "address": str(event.venue)}
    return {"eventAttendanceMode": mode, "location": [online, venue]}


def _script(facts: dict[str, Any]) -> SafeString:
    text = json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
