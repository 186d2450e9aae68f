from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalksConfig(AppConfig):
    name = "talks"
    verbose_name = _("Programme")

    def ready(self) -> None:
        # Must listen before the first connection opens.
        from talks import history, search, todo  # noqa: F401
