from events.models.announcement import Announcement
from events.models.event import Day, Event
from events.models.live import LiveCounter
from events.models.registration import Registration, RoleGrant
from events.models.role_change import RoleChange
from events.models.sponsor import Sponsor, SponsorTier
from events.models.token import ApiToken
from events.models.track import Room, Track

__all__ = [
    "Announcement",
    "ApiToken",
    "Day",
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
