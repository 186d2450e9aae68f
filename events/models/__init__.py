from events.models.announcement import Announcement
from events.models.event import Day, Event
from events.models.live import LiveCounter
from events.models.life_change import LifeChange
from events.models.link import EventLink
from events.models.role_change import RoleChange
from events.models.sponsor import Sponsor, SponsorTier
from events.models.token import ApiToken
from events.models.track import Room, Track

__all__ = [
    "Announcement",
    "ApiToken",
    "Day",
from events.models.team import TeamMember
from events.models.text import EventText
    "Event",
    "LiveCounter",
    "Registration",
    "RoleChange",
    "RoleGrant",
    "Room",
    "Sponsor",
    "SponsorTier",
    "Track",
]
    "EventLink",
    "EventText",
    "LifeChange",
    "TeamMember",
