"""The programme as files tell it. The same programme gives the same bytes: nothing here reads the clock."""

from collections.abc import Callable

from django.conf import settings

from accounts.models import User
from events.models import Event
from talks.exchange import schedule_json, schedule_xml, sessionize, table
from talks.exports.kept_back import keep_videos_back
from talks.exports.schedule import schedule_of
from talks.exports.sessionize import sessionize_of
from talks.exports.table import table_of
from talks.exports.talks import exported_talks
from talks.ics import calendar_of
from talks.models import Talk


def export_programme(event: Event, format_name: str, *, drafts: bool, actor: User | None = None) -> bytes:
    """The file's bytes. With `drafts` everything as it shall be, else what is published as it is."""
    talks = exported_talks(event, drafts=drafts)
    if not drafts and format_name in SCHEDULES:
        talks = [talk for talk in talks if not talk.is_cancelled]
    if format_name not in WITHOUT_VIDEOS:
        keep_videos_back(talks, is_public=not drafts, actor=actor)
    return FORMATS[format_name](event, talks)


FORMATS: dict[str, Callable[[Event, list[Talk]], bytes]] = {
    "schedule.json": lambda event, talks: schedule_json.written(schedule_of(event, talks)),
    "schedule.xml": lambda event, talks: schedule_xml.written(schedule_of(event, talks)),
    "ics": lambda event, talks: calendar_of(event, talks, site=settings.SITE_URL, name=str(event.name)),
    "sessionize": lambda event, talks: sessionize.written(sessionize_of(event, talks)),
    "csv": lambda event, talks: table.written(table_of(event, talks)),
}
WITHOUT_VIDEOS = {"ics"}
# These know no cancelled talks: strangers must not come to one.
SCHEDULES = {"schedule.json", "schedule.xml"}
CONTENT_TYPES = {
    "schedule.json": "application/json",
    "schedule.xml": "application/xml",
    "ics": "text/calendar; charset=utf-8",
    "sessionize": "application/json",
    "csv": "text/csv; charset=utf-8",
}
FILE_NAMES = {"ics": "programme.ics", "sessionize": "sessionize.json", "csv": "programme.csv"}
