from events.models.announcement import Announcement
from events.models.consent import ConsentText
from events.models.count import RegistrationCount
from events.models.event import Day, Event
from events.models.join_link import JoinLink
from events.models.life_change import LifeChange
from events.models.link import EventLink
from events.models.live import LiveCounter
from events.models.place import Places, RegistrationSettings
from events.models.profile import ProfilePicture, PublicProfile
from events.models.question import Answer, Choice, Question
from events.models.registration import Registration, RegistrationExport, RoleGrant
from events.models.role_change import RoleChange
from events.models.role_invitation import RoleInvitation
from events.models.sponsor import Sponsor, SponsorTier
from events.models.team import TeamMember
from events.models.text import EventText
from events.models.token import ApiToken
from events.models.track import Room, Track

__all__ = [
    "Announcement",
    "Answer",
    "ApiToken",
    "Choice",
    "ConsentText",
    "Day",
    "Event",
    "EventLink",
    "EventText",
    "JoinLink",
    "LifeChange",
    "LiveCounter",
    "Places",
    "ProfilePicture",
    "PublicProfile",
    "Question",
    "Registration",
    "RegistrationCount",
    "RegistrationExport",
    "RegistrationSettings",
    "RoleChange",
    "RoleGrant",
    "RoleInvitation",
    "Room",
    "Sponsor",
    "SponsorTier",
    "TeamMember",
    "Track",
]
