from talks.discussion.admin import chat, questions

__all__ = ["chat", "questions"]
