"""What discussions keep of a person: what they asked, voted and answered, and what they moderated."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import Fate, Rows
from events.models import Event
from talks.discussion.chat_personal_data import CHAT_ROWS
from talks.discussion.models import Answer, QuestionLog, QuestionVote, TalkQuestion
from talks.discussion.services.chat_retention import forget_chat, forget_chatter
from talks.discussion.services.question_retention import forget_askers

ASKED = _(
    "Questions that you asked stay without you, as others read them: nobody but you was ever shown that they "
    "are yours. The numbers of votes stay. Delete a question first if its words shall go as well."
)
ANSWERED = _(
    "Answers to questions stay: a speaker's under the name in the programme, others' without a name."
)
LOG = _("The log of who moderated questions stays without your name.")
KEY = frozenset({"client_key"})

ROWS = [
    Rows(TalkQuestion, "asker", "questions to talks", Fate.STAYS_NAMELESS, ASKED, hidden=KEY),
    Rows(
        QuestionVote,
        "voter",
        "votes for questions",
        Fate.STAYS_NAMELESS,
        ASKED,
        also={"talk": "question__talk"},
    ),
    Rows(Answer, "author", "answers to questions", Fate.STAYS_NAMELESS, ANSWERED, hidden=KEY),
    Rows(TalkQuestion, "hidden_by", "questions hidden by me", Fate.STAYS_NAMELESS, LOG, hidden=KEY),
    Rows(QuestionLog, "actor", "questions moderated by me", Fate.STAYS_NAMELESS, LOG),
    *CHAT_ROWS,
]


def refusals(user: User) -> list[str]:
    return []


def erase(user: User) -> None:
    """All of it loses the person with the account's row; what they said in the chat goes before that."""
    forget_chatter(user=user)


def forget(event: Event) -> int:
    """The event is long over: its questions lose those who asked and voted, its chat goes. How many rows."""
    return forget_askers(event=event) + forget_chat(event=event)
