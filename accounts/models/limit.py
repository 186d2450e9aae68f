from django.db import models
from django.utils.translation import gettext_lazy as _


class Turns(models.Model):
    """How often something was done in the present span of time.

    Kept in the database: a limit in the cache is gone with the cache, and each process would count alone.
    """

    key = models.CharField(max_length=64, unique=True, editable=False)
    uses = models.PositiveIntegerField(default=1)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.uses}"
