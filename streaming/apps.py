from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StreamingConfig(AppConfig):
    name = "streaming"
    verbose_name = _("Live")

    def ready(self) -> None:
        from streaming import todo  # noqa: F401  Its sentences stand on the admin's first page.
