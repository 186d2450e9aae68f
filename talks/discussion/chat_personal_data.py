"""What the chat keeps of a person: the name they wrote under, their messages, and what they moderated."""

from django.utils.translation import gettext_lazy as _

from accounts.personal import Fate, Rows
from talks.discussion.models import (
    ChatLog,
    ChatMember,
    ChatMessage,
    ChatReaction,
    ChatReport,
    ChatSilence,
)

NAME = _("Your name in the chat, your reactions and a silence go with the account.")
WRITTEN = _("Your messages in the chat vanish from every screen, and their words are deleted.")
REPORTS = _("Reports of messages stay without your name, with the text that was reported.")
LOG = _(
    "The log of the chat's moderation stays without your name. It keeps the moderated text until the "
    "event's data are deleted."
)

CHAT_ROWS = [
    Rows(ChatMember, "user", "name in the chat", Fate.GOES, NAME, hidden=frozenset({"folded", "next_at"})),
    Rows(
        ChatMessage,
        "author__user",
        "chat messages",
        Fate.STAYS_NAMELESS,
        WRITTEN,
        hidden=frozenset({"client_key", "changed", "number"}),
        also={"track": "room__track"},
    ),
    Rows(ChatReaction, "member__user", "reactions in the chat", Fate.GOES, NAME),
    Rows(ChatSilence, "user", "silences of mine", Fate.GOES, NAME),
    Rows(ChatReport, "reporter", "messages reported by me", Fate.STAYS_NAMELESS, REPORTS),
    Rows(ChatLog, "member__user", "my messages that were moderated", Fate.STAYS_NAMELESS, LOG),
    Rows(ChatLog, "actor", "chat moderated by me", Fate.STAYS_NAMELESS, LOG),
    Rows(ChatSilence, "by", "people silenced by me", Fate.STAYS_NAMELESS, LOG, hidden=frozenset({"reason"})),
]
