from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionConfig(AppConfig):
    """Questions and chat: a nested app, because its load, moderators, limits and retention are its own."""

    name = "talks.discussion"
    label = "discussion"
    verbose_name = _("Questions and chat")

    def ready(self) -> None:
        # Heard by the history pages of the admin.
        from talks.discussion import question_history  # noqa: F401
