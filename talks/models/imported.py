from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.models import Event


class ProgrammeImport(Timestamped):
    """A file that somebody brought: first only looked at, then perhaps imported. Kept as the record of it."""

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="programme_imports", verbose_name=_("event")
    )
    name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(_("content"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    applied_at = models.DateTimeField(_("imported"), null=True, blank=True)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    dropped = models.PositiveIntegerField(_("dropped"), default=0)

    class Meta:
        verbose_name = _("import of a programme")
        verbose_name_plural = _("imports of programmes")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
