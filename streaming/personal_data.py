"""What the control room keeps of a person: who did what, and who looks after which track."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import Fate, Rows
from streaming.models import Automation, Duty, DutyLog, OnAirLog, StreamLog
from streaming.services.duty import leave_duty

ON_AIR = _(
    "The log of what was on air, and of who looked after a track, stays without your name: recordings are "
    "cut by it."
)
STREAMS = _("The log of the streams stays without your name: it tells what was started and paid for.")
NO_KEYS = frozenset({"idempotency_key", "request_digest"})

ROWS = [
    Rows(Duty, "person", "tracks that I look after", Fate.STAYS_NAMELESS, ON_AIR, also={"track": "track"}),
    Rows(DutyLog, "actor", "duty by me", Fate.STAYS_NAMELESS, ON_AIR),
    Rows(DutyLog, "previous", "duty before somebody else", Fate.STAYS_NAMELESS, ON_AIR),
    Rows(OnAirLog, "actor", "put on air by me", Fate.STAYS_NAMELESS, ON_AIR, hidden=NO_KEYS),
    Rows(Automation, "armed_by", "tracks that I armed", Fate.STAYS_NAMELESS, ON_AIR),
    Rows(StreamLog, "actor", "streams changed by me", Fate.STAYS_NAMELESS, STREAMS),
]


def refusals(user: User) -> list[str]:
    return []


def erase(user: User) -> None:
    """Nobody is left on duty who does not exist, and no lock outlives its holder."""
    for duty in Duty.objects.filter(person=user).select_related("track__event").order_by("pk"):
        leave_duty(track=duty.track, actor=user)
