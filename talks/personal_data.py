"""What the programme keeps of a person: their own programme, and their name as a speaker."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import Fate, Rows
from events.models import Event
from talks.models import (
    Bookmark,
    CalendarLink,
    DraftChange,
    ProgrammeChange,
    ProgrammeImport,
    ProgrammeVersion,
    Seat,
    Speaker,
)

AGENDA = _("Your bookmarks, your seats and your private calendar addresses.")
SPEAKER = _(
    "Talks that you give stay in the programme with the name, the picture and the words printed there, as "
    "others know them; only the link to your account goes. Ask the organizers if these shall go as well."
)
LOG = _("The log of changes of the programme stays without your name: it tells what was published when.")

ROWS = [
    Rows(Bookmark, "user", "bookmarks", Fate.GOES, AGENDA, also={"event": "talk__event"}),
    Rows(Seat, "registration__user", "seats", Fate.GOES, AGENDA, also={"event": "talk__event"}),
    Rows(CalendarLink, "user", "calendar addresses", Fate.GOES, AGENDA, hidden=frozenset({"token"})),
    Rows(Speaker, "user", "speaker", Fate.STAYS_NAMELESS, SPEAKER),
    Rows(ProgrammeChange, "actor", "changes of the programme by me", Fate.STAYS_NAMELESS, LOG),
    Rows(DraftChange, "actor", "edits of the timetable by me", Fate.STAYS_NAMELESS, LOG),
    Rows(ProgrammeVersion, "actor", "timetables published by me", Fate.STAYS_NAMELESS, LOG),
    # The files name other people.
    Rows(
        ProgrammeImport,
        "actor",
        "imports of programmes by me",
        Fate.STAYS_NAMELESS,
        LOG,
        hidden=frozenset({"content"}),
    ),
]


def refusals(user: User) -> list[str]:
    return []


def erase(user: User) -> None:
    """All of it goes, or loses the person, with the account's row."""


def forget(event: Event) -> int:
    """The event is long over: what its attendees chose goes. How many rows there were."""
    bookmarks, _by_model = Bookmark.objects.filter(talk__event=event).delete()
    addresses, _by_model = CalendarLink.objects.filter(event=event).delete()
    return bookmarks + addresses
