"""What the control room keeps of a person: who did what, and who looks after which track."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import Fate, Rows
from events.models import Event
from streaming.models import (
    AttemptLog,
    Automation,
    Duty,
    DutyLog,
    InputSwitch,
    OnAirLog,
    Override,
    Recording,
    RefusedCommand,
    Shift,
    StreamLog,
    WallLink,
    WatchTime,
)
from streaming.services.audience import forget_watchers
from streaming.services.duty import leave_duty
from streaming.services.overrides import withdraw_override

ON_AIR = _(
    "The log of what was on air, and of who looked after a track, stays without your name: recordings are "
    "cut by it."
)
STREAMS = _("The log of the streams stays without your name: it tells what was started and paid for.")
OVERRIDES = _(
    "Who let a talk through that must not be streamed stays without your name: only that two people did."
)
WALL = _("Links to the monitor wall stay without your name: a screen of the venue may still use one.")
WATCHED = _("How long talks were watched stays without your name, as a sum.")
NO_KEYS = frozenset({"idempotency_key", "request_digest"})
NO_DIGEST = frozenset({"digest"})

ROWS = [
    Rows(Duty, "person", "tracks that I look after", Fate.STAYS_NAMELESS, ON_AIR, also={"track": "track"}),
    Rows(DutyLog, "actor", "duty by me", Fate.STAYS_NAMELESS, ON_AIR),
    Rows(DutyLog, "previous", "duty before somebody else", Fate.STAYS_NAMELESS, ON_AIR),
    Rows(OnAirLog, "actor", "put on air by me", Fate.STAYS_NAMELESS, ON_AIR, hidden=NO_KEYS),
    Rows(
        RefusedCommand,
        "actor",
        "commands of mine that were refused",
        Fate.STAYS_NAMELESS,
        ON_AIR,
        hidden=NO_KEYS,
    ),
    Rows(Shift, "actor", "timetables shifted by me", Fate.STAYS_NAMELESS, ON_AIR),
    Rows(Shift, "undone_by", "shifts taken back by me", Fate.STAYS_NAMELESS, ON_AIR),
    Rows(Automation, "armed_by", "tracks that I armed", Fate.STAYS_NAMELESS, ON_AIR),
    Rows(Override, "asked_by", "overrides that I asked for", Fate.STAYS_NAMELESS, OVERRIDES),
    Rows(Override, "confirmed_by", "overrides that I confirmed", Fate.STAYS_NAMELESS, OVERRIDES),
    Rows(Override, "withdrawn_by", "overrides that I withdrew", Fate.STAYS_NAMELESS, OVERRIDES),
    Rows(
        AttemptLog,
        "actor",
        "what I tried with talks that must not be streamed",
        Fate.STAYS_NAMELESS,
        OVERRIDES,
    ),
    Rows(InputSwitch, "actor", "inputs switched by me", Fate.STAYS_NAMELESS, STREAMS),
    Rows(InputSwitch, "cancelled_by", "input switches cancelled by me", Fate.STAYS_NAMELESS, STREAMS),
    Rows(Recording, "asked_by", "recordings that I had cut", Fate.STAYS_NAMELESS, STREAMS),
    Rows(StreamLog, "actor", "streams changed by me", Fate.STAYS_NAMELESS, STREAMS),
    Rows(WallLink, "made_by", "links to the wall made by me", Fate.STAYS_NAMELESS, WALL, hidden=NO_DIGEST),
    Rows(
        WallLink, "revoked_by", "links to the wall that I ended", Fate.STAYS_NAMELESS, WALL, hidden=NO_DIGEST
    ),
    Rows(
        WatchTime,
        "user",
        "talks that I watched",
        Fate.STAYS_NAMELESS,
        WATCHED,
        hidden=frozenset({"last_minute"}),
        also={"talk": "talk"},
    ),
]


def refusals(user: User) -> list[str]:
    return []


def erase(user: User) -> None:
    """Who does not exist is not on duty, holds no lock, and asks for nothing."""
    for duty in Duty.objects.filter(person=user).select_related("track__event").order_by("pk"):
        leave_duty(track=duty.track, actor=user)
    for override in Override.objects.waiting().filter(asked_by=user).select_related("talk__event"):
        withdraw_override(override=override, actor=user)


def forget(event: Event) -> int:
    return forget_watchers(event)
