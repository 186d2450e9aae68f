"""Who may do what to a talk."""

from events.enums import Role
from events.rules import Person, roles_of
from talks.models import Talk


def can_correct_title(user: Person, talk: Talk) -> bool:
    """Change a title while it is shown: whoever edits the programme, and whoever puts it on air."""
    return bool(roles_of(user, talk.event) & {Role.ORGANIZER, Role.BROADCASTER})


def can_see_talk(user: Person, talk: Talk) -> bool:
    """A talk that is not published is there for those who make the programme, and for nobody else."""
    return talk.is_published or Role.ORGANIZER in roles_of(user, talk.event)
