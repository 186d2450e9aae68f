from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StreamingConfig(AppConfig):
    name = "streaming"
    verbose_name = _("Live")

    def ready(self) -> None:
        # Sentences for the admin's first page, and the guard of the programme's exports.
        from streaming import exported_videos, todo  # noqa: F401
