"""What the timetable editor's page knows: the draft as JSON, in the reader's language."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from events.live import moment
from events.models import Event, LiveCounter
from events.rules import can_see_timetable
from talks.draft_places import (
    Move,
    conflicts_of,
    draft_place,
    draft_revision_of,
    drafted_talks,
    frame_of,
    last_change,
    moves_of,
    published_place,
)
from talks.models import Bookmark, Draft, DraftChange, ProgrammeVersion, Talk
from talks.placing import USUAL_MINUTES, Conflict, Place

Json = dict[str, Any]


def draft_state(event: Event, user: User) -> Json:
    """The whole draft; the number of queries does not depend on the number of talks."""
    revision = revision_of(event)
    return state_of(event, user, revision, drafted_talks(event))


def state_of(event: Event, user: User, revision: int, talks: list[Talk]) -> Json:
    """The revision is read before the talks: a move in between is then asked for again, and never missed."""
    frame = frame_of(event, talks)
    about = Facts(event)
    return {
        "event": {
            "slug": event.slug,
            "time_zone": event.time_zone,
            "days": [
                {"date": day.date.isoformat(), "is_internal": day.is_internal} for day in event.days.all()
            ],
            "day_starts": _clock(frame.starts),
            "day_ends": _clock(frame.ends),
            "is_public": can_see_timetable(AnonymousUser(), event),
        },
        "draft_revision": revision,
        "published_version": version_of(event),
        "tracks": [
            {"id": track.pk, "name": track.name, "room_id": track.room_id} for track in event.tracks.all()
        ],
        "rooms": [{"id": room.pk, "name": str(room.name), "seats": room.seats} for room in event.rooms.all()],
        "talks": [about.row(talk) for talk in talks],
        "undo": undo_of(event, user),
    }


def revision_of(event: Event) -> int:
    return Draft.objects.filter(event=event).values_list("revision", flat=True).first() or 0


def stamp_of(event: Event) -> str:
    """Changes whenever what the editor shows may have changed."""
    talks = event.talks.aggregate(count=Count("pk"), last=Max("updated_at"))
    live = LiveCounter.objects.filter(event=event).values_list("revision", flat=True).first() or 0
    last = talks["last"].timestamp() if talks["last"] else 0
    return f"{revision_of(event)}.{version_of(event)}.{live}.{talks['count']}.{last}"


def version_of(event: Event) -> int:
    return ProgrammeVersion.objects.filter(event=event).aggregate(last=Max("number"))["last"] or 0


def undo_of(event: Event, user: User) -> Json | None:
    change = last_change(event, user)
    return {"text": change.talk.title} if change else None


class Facts:
    """What the rows of many talks need, each read once."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.on_air = set(
            Talk.objects.filter(event=event, on_air_on__isnull=False).values_list("pk", flat=True)
        )
        # The control room's rows, reached by their name: the plan imports nothing of what happens now.
        self.armed = set(
            event.tracks.filter(automation__is_armed=True).values_list("automation__talk", flat=True)
        )
        last = DraftChange.objects.filter(event=event).order_by().values("talk").annotate(last=Max("pk"))
        newest = DraftChange.objects.filter(pk__in=last.values("last")).select_related("actor")
        self.moved = {change.talk_id: change for change in newest}

    def row(self, talk: Talk) -> Json:
        place, moved = draft_place(talk), self.moved.get(talk.pk)
        published = published_place(talk)
        return {
            "id": talk.pk,
            "title": talk.title,
            "lang": talk.lang,
            "kind": talk.kind,
            "speakers": [{"id": one.pk, "name": one.name_in(talk.lang)} for one in talk.people],
            "minutes": place.minutes or published.minutes or talk.minutes or USUAL_MINUTES,
            "is_for_all_tracks": talk.is_for_all_tracks,
            "is_published": talk.is_published,
            "is_cancelled": talk.is_cancelled,
            "is_on_air": talk.pk in self.on_air,
            "is_armed": talk.pk in self.armed,
            "do_not_stream": talk.do_not_stream,
            "revision": draft_revision_of(talk),
            **place_json(place),
            "published": place_json(published) if published.is_placed else None,
            "moved_by": moved.actor.display_name if moved and moved.actor else None,
            "moved_at": moment(moved.at) if moved else None,
            "edit_url": reverse("admin:talks_talk_change", args=[talk.pk]),
            "form_url": reverse("admin:talks_timetable_form", args=[self.event.slug, talk.pk]),
        }


def place_json(place: Place) -> Json:
    return {
        "track_id": place.track_id,
        "room_id": place.room_id,
        "starts_at": moment(place.starts_at),
        "ends_at": moment(place.ends_at),
    }


def changes_json(event: Event) -> Json:
    """What publishing would change for everybody, and what is in its way."""
    talks, about = drafted_talks(event), Facts(event)
    return {
        "changes": [_change(move, about) for move in moves_of(talks)],
        "conflicts": conflicts_json(event, talks, conflicts_of(event, talks)),
    }


def _change(move: Move, about: Facts) -> Json:
    return {
        "talk_id": move.talk.pk,
        "title": move.talk.title,
        "lang": move.talk.lang,
        "kind": move.kind,
        "before": place_json(move.before) if move.before.is_placed else None,
        "after": place_json(move.after) if move.after.is_placed else None,
        "is_on_air": move.talk.pk in about.on_air,
        "consequence": _consequence(move, about),
    }


def _consequence(move: Move, about: Facts) -> str:
    if move.talk.pk in about.armed and move.kind != "room":
        return _("The control room has armed it. Publishing disarms its track, and staff switch by hand.")
    if move.talk.pk not in about.on_air:
        return ""
    if move.kind == "removed":
        return _("It is on air now. It stays on air until staff take it off, but leaves the timetable.")
    return _("It is on air now. The picture goes on; only its place in the timetable changes.")


def chosen_sentence(talks: QuerySet[Talk]) -> list[str]:
    """How many people an action on several talks concerns."""
    chosen = Bookmark.objects.filter(talk__in=talks.order_by()).values("user").distinct().count()
    people = ngettext("%(count)s person has chosen one.", "%(count)s people have chosen one.", chosen)
    return [people % {"count": chosen}]


def cancel_consequences(talk: Talk) -> list[str]:
    """What it means to cancel the talk now, or to reinstate it."""
    chosen = talk.bookmarks.count()
    people = ngettext("%(count)s person has chosen it.", "%(count)s people have chosen it.", chosen)
    sentences = [people % {"count": chosen}]
    if talk.is_cancelled:
        sentences.append(_("It is shown as taking place again, also in calendars that are subscribed to."))
        return [
            *sentences,
            _("If its place has been given away, this is refused: give it another place first."),
        ]
    if talk.on_air_on.exists():
        sentences.append(_("It is on air now and stays on air until staff take it off."))
    sentences.append(_("It stays in the timetable, marked as cancelled, and so in subscribed calendars."))
    return [*sentences, _("It cannot be put on air, and its place is free for another talk.")]


def conflicts_json(event: Event, talks: Iterable[Talk], conflicts: Iterable[Conflict]) -> list[Json]:
    by_id = {talk.pk: talk for talk in talks}
    return [
        {"code": one.code, "talk_ids": [*one.talk_ids], "text": conflict_text(event, one, by_id)}
        for one in conflicts
    ]


def conflict_text(event: Event, conflict: Conflict, talks: dict[int, Talk]) -> str:
    """One sentence on what is in the way."""
    if conflict.code == "no_such_day":
        return _("That date is no day of the event.")
    if conflict.code == "outside_day":
        return _("That is outside the hours of the day.")
    other = talks[conflict.talk_ids[1]]
    words = {"title": other.title, "time": _times(event, draft_place(other))}
    sentences = {
        "track_overlap": _("Overlaps with “%(title)s” (%(time)s)."),
        "speaker_twice": _("Somebody of it speaks in “%(title)s” at that time (%(time)s)."),
        "room_twice": _("“%(title)s” is in the same room at that time (%(time)s)."),
    }
    return sentences[conflict.code] % words


def _times(event: Event, place: Place) -> str:
    if place.starts_at is None or place.ends_at is None:
        return ""
    starts, ends = place.starts_at.astimezone(event.zone), place.ends_at.astimezone(event.zone)
    return f"{starts:%H:%M}–{ends:%H:%M}"


def versions_json(event: Event) -> Json:
    versions = list(ProgrammeVersion.objects.filter(event=event).select_related("actor"))
    return {"versions": [_version(version, version is versions[0]) for version in versions]}


def _version(version: ProgrammeVersion, is_current: bool) -> Json:
    return {
        "number": version.number,
        "published_at": moment(version.published_at),
        "actor": version.actor.display_name if version.actor else None,
        "note": version.note,
        "talks": len(version.placements),
        "is_current": is_current,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
