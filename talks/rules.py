"""Who may do what to a talk."""

from events.enums import Role
from events.rules import Person, roles_of
from talks.models import Talk


def can_correct_title(user: Person, talk: Talk) -> bool:
    """Change a title while it is shown: whoever edits the programme, and whoever puts it on air."""
    return bool(roles_of(user, talk.event) & {Role.ORGANIZER, Role.BROADCASTER})
