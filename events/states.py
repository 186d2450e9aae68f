"""What may become of an event, step by step. Values alone: no database and no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import EventStatus


class Verb(models.TextChoices):
    """Each step of an event's life by the word on its button."""

    ANNOUNCE = "announce", _("Announce the event")
    TAKE_BACK = "take_back", _("Take it back to a draft")
    OPEN = "open", _("Open the doors")
    SHUT = "shut", _("Shut the doors again")
    CLOSE = "close", _("Close the event")
    REOPEN = "reopen", _("Open it once more")
    ARCHIVE = "archive", _("Archive the event")
    UNARCHIVE = "unarchive", _("Take it out of the archive")
    OPEN_REGISTRATION = "open_registration", _("Open registration")
    CLOSE_REGISTRATION = "close_registration", _("Close registration")
    OPEN_PROPOSALS = "open_proposals", _("Open the call for proposals")
    CLOSE_PROPOSALS = "close_proposals", _("Close the call for proposals")
    SHOW_TIMETABLE = "show_timetable", _("Show the timetable")
    HIDE_TIMETABLE = "hide_timetable", _("Hide the timetable")
    SHOW_SPONSORS = "show_sponsors", _("Show the sponsors")
    HIDE_SPONSORS = "hide_sponsors", _("Hide the sponsors")
    BEGIN_REHEARSAL = "begin_rehearsal", _("Begin a rehearsal")
    END_REHEARSAL = "end_rehearsal", _("End the rehearsal")


BEFORE_THE_DOORS = frozenset({EventStatus.DRAFT, EventStatus.ANNOUNCED})


@dataclass(frozen=True, slots=True)
class Step:
    """`name` goes from `before` to `after`, and from no other value; `within` limits the status meanwhile."""

    name: str
    before: Any
    after: Any
    within: frozenset[EventStatus] = field(default=frozenset(EventStatus))


STATUS_STEPS = {
    Verb.ANNOUNCE: Step("status", EventStatus.DRAFT, EventStatus.ANNOUNCED),
    Verb.OPEN: Step("status", EventStatus.ANNOUNCED, EventStatus.OPENED),
    Verb.CLOSE: Step("status", EventStatus.OPENED, EventStatus.CLOSED),
    Verb.ARCHIVE: Step("status", EventStatus.CLOSED, EventStatus.ARCHIVED),
    Verb.TAKE_BACK: Step("status", EventStatus.ANNOUNCED, EventStatus.DRAFT),
    Verb.SHUT: Step("status", EventStatus.OPENED, EventStatus.ANNOUNCED),
    Verb.REOPEN: Step("status", EventStatus.CLOSED, EventStatus.OPENED),
    Verb.UNARCHIVE: Step("status", EventStatus.ARCHIVED, EventStatus.CLOSED),
}
SWITCH_STEPS = {
    Verb.OPEN_REGISTRATION: Step("takes_registrations", False, True),
    Verb.CLOSE_REGISTRATION: Step("takes_registrations", True, False),
    Verb.OPEN_PROPOSALS: Step("takes_proposals", False, True),
    Verb.CLOSE_PROPOSALS: Step("takes_proposals", True, False),
    Verb.SHOW_TIMETABLE: Step("shows_timetable", False, True),
    Verb.HIDE_TIMETABLE: Step("shows_timetable", True, False),
    Verb.SHOW_SPONSORS: Step("shows_sponsors", False, True),
    Verb.HIDE_SPONSORS: Step("shows_sponsors", True, False),
    Verb.BEGIN_REHEARSAL: Step("is_rehearsing", False, True, BEFORE_THE_DOORS),
    Verb.END_REHEARSAL: Step("is_rehearsing", True, False),
}
STEPS = STATUS_STEPS | SWITCH_STEPS
# Steps that come by themselves with another one, where they are due: nobody rehearses before an open house.
CONSEQUENCES = {Verb.OPEN: [Verb.END_REHEARSAL]}


def is_possible(verb: Verb, present: Mapping[str, Any]) -> bool:
    """Whether the step starts from these values of `status` and the switches."""
    step = STEPS[verb]
    return bool(present["status"] in step.within and present[step.name] == step.before)
