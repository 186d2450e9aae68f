from events.models.announcement import Announcement
from events.models.event import Day, Event
from events.models.life_change import LifeChange
from events.models.link import EventLink
from events.models.live import LiveCounter
from events.models.registration import Registration, RoleGrant
from events.models.role_change import RoleChange
from events.models.sponsor import Sponsor, SponsorTier
from events.models.team import TeamMember
from events.models.text import EventText
from events.models.token import ApiToken
from events.models.track import Room, Track

__all__ = [
    "Announcement",
    "ApiToken",
    "Day",
    "Event",
    "EventLink",
    "EventText",
    "LifeChange",
    "LiveCounter",
    "Registration",
    "RoleChange",
    "RoleGrant",
    "Room",
    "Sponsor",
    "SponsorTier",
    "TeamMember",
    "Track",
]
