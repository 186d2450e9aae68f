from talks.discussion.models.answer import Answer
from talks.discussion.models.chat_message import ChatMessage, ChatReaction
from talks.discussion.models.chat_moderation import ChatLog, ChatReport, ChatSilence
from talks.discussion.models.chat_room import ChatMember, ChatRoom, ChatSettings
from talks.discussion.models.question import QuestionVote, TalkQuestion
from talks.discussion.models.question_log import QuestionLog
from talks.discussion.models.settings import QuestionCount, QuestionSettings

__all__ = [
    "Answer",
    "ChatLog",
    "ChatMember",
    "ChatMessage",
    "ChatReaction",
    "ChatReport",
    "ChatRoom",
    "ChatSettings",
    "ChatSilence",
    "QuestionCount",
    "QuestionLog",
    "QuestionSettings",
    "QuestionVote",
    "TalkQuestion",
]
