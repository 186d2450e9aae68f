"""What the log of moderation knows of a question, for its history page in the admin."""

from collections.abc import Iterable

from dreamkast.lib.admin_history import MOST_LINES, Line, add_history
from talks.discussion.models import TalkQuestion


@add_history(TalkQuestion)
def moderation(question: TalkQuestion) -> Iterable[Line]:
    for entry in question.log.select_related("actor")[:MOST_LINES]:
        yield Line(entry.at, entry.actor, str(entry.get_verb_display()))
