from talks.models.agenda import Bookmark, CalendarLink, Seat, TalkSeats
from talks.models.change import ProgrammeChange
from talks.models.draft import Draft, DraftChange, Placement, ProgrammeVersion
from talks.models.imported import ProgrammeImport
from talks.models.speaker import Speaker
from talks.models.talk import Talk, TalkSpeaker
from talks.models.video import TalkVideo

__all__ = [
    "Bookmark",
    "CalendarLink",
    "Draft",
    "DraftChange",
    "Placement",
    "ProgrammeChange",
    "ProgrammeImport",
    "ProgrammeVersion",
    "Seat",
    "Speaker",
    "Talk",
    "TalkSeats",
    "TalkSpeaker",
    "TalkVideo",
]
