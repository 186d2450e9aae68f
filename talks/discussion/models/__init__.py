from talks.discussion.models.answer import Answer
from talks.discussion.models.question import QuestionVote, TalkQuestion
from talks.discussion.models.question_log import QuestionLog
from talks.discussion.models.settings import QuestionCount, QuestionSettings

__all__ = [
    "Answer",
    "QuestionCount",
    "QuestionLog",
    "QuestionSettings",
    "QuestionVote",
    "TalkQuestion",
]
