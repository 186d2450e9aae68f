"""Writes what the hubs of the web processes saw of the audience, once a minute each."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice

from django.db import connection, transaction

from accounts.models import User
from events.models import Event, Track
from streaming.models import AudienceSample, WatchTime
from talks.models import Talk

# A statement of SQLite takes so many values.
BATCH = 200
ADD_SECONDS = """
INSERT INTO streaming_watchtime (user_id, talk_id, seconds, last_minute) VALUES {rows}
ON CONFLICT (user_id, talk_id) DO UPDATE SET
    seconds = streaming_watchtime.seconds + excluded.seconds, last_minute = excluded.last_minute
WHERE streaming_watchtime.last_minute < excluded.last_minute
"""


def note_minute(
    number: int, seconds: Mapping[tuple[int, int], int], viewers: Mapping[int, tuple[int | None, int]]
) -> None:
    """Note minute `number` (whole minutes since 1970): seconds by (person, talk), viewers by track.

    Safe to repeat, and for several processes at once: a person's minute is added once, a track's minute
    is written once. Who or what was deleted meanwhile is left out.
    """
    with transaction.atomic():
        _note_viewers(datetime.fromtimestamp(number * 60, UTC), viewers)
        _note_seconds(number, seconds)


def _note_viewers(minute: datetime, viewers: Mapping[int, tuple[int | None, int]]) -> None:
    tracks = set(Track.objects.filter(pk__in=viewers).values_list("pk", flat=True))
    talks = _there({talk for talk, _viewers in viewers.values() if talk})
    rows = [
        AudienceSample(track_id=track, talk_id=talk if talk in talks else None, minute=minute, viewers=number)
        for track, (talk, number) in viewers.items()
        if track in tracks
    ]
    AudienceSample.objects.bulk_create(rows, ignore_conflicts=True)


def _note_seconds(number: int, seconds: Mapping[tuple[int, int], int]) -> None:
    talks = _there({talk for _person, talk in seconds})
    # In one order, so that two processes never wait for each other in a circle.
    left = iter(sorted((person, talk) for person, talk in seconds if talk in talks))
    while batch := list(islice(left, BATCH)):
        people = set(User.objects.filter(pk__in={person for person, _ in batch}).values_list("pk", flat=True))
        rows = [(*key, seconds[key], number) for key in batch if key[0] in people]
        if rows:
            _add(rows)


def _add(rows: list[tuple[int, int, int, int]]) -> None:
    marks = ", ".join(["(%s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(ADD_SECONDS.format(rows=marks), [value for row in rows for value in row])


def _there(talk_ids: set[int]) -> set[int]:
    return set(Talk.objects.filter(pk__in=talk_ids).values_list("pk", flat=True))


def forget_watchers(event: Event) -> int:
    """Take the persons away from an event's watch times; the minutes stay. How many were taken away."""
    return WatchTime.objects.filter(talk__event=event).exclude(user=None).update(user=None)
