"""Who may do what in the chat of a track."""

from events.models import Event
from events.rules import Person, can_organize, can_watch, is_registered, roles_of
from talks.discussion.models import ChatMessage
from talks.discussion.rules import MODERATORS, STAFF


def can_read_chat(user: Person, event: Event) -> bool:
    return can_watch(user, event)


def can_chat(user: Person, event: Event) -> bool:
    """Write, react and report: a registration is needed, or a role."""
    return bool(roles_of(user, event)) or is_registered(user, event)


def can_moderate_chat(user: Person, event: Event) -> bool:
    return bool(roles_of(user, event) & MODERATORS)


def can_switch_chat(user: Person, event: Event) -> bool:
    """The chat of the whole event. Its rooms are the moderators'."""
    return can_organize(user, event) or bool(roles_of(user, event) & STAFF)


def is_author(user: Person, message: ChatMessage) -> bool:
    if not user.is_authenticated or message.author is None:
        return False
    return bool(message.author.user_id == user.pk)
