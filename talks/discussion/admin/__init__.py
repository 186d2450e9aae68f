from talks.discussion.admin import questions

__all__ = ["questions"]
