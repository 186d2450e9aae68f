"""Who may have a viewer's socket, as far as that is known without a query."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from events.selectors import EventFacts
from streaming.tickets import read_ticket


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is let in; without a person when it is a stranger at an event open to all."""

    user_id: int | None


def known_guest(facts: EventFacts, query: str) -> Guest | None:
    """Whom the ticket or the open event lets in. None is no refusal: the session has to be asked."""
    ticket = read_ticket(parse_qs(query).get("ticket", [""])[0])
    ours = ticket if ticket is not None and ticket.event_id == facts.id else None
    if facts.is_for_everybody:
        return Guest(ours.user_id if ours else None)
    if ours and ours.user_id and ours.access == facts.access:
        return Guest(ours.user_id)
    return None
