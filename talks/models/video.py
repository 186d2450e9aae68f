from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from talks.models.talk import Talk


class TalkVideo(models.Model):
    """The published recording of a talk. Written only by talks.services.videos.

    An address that somebody typed or imported is Talk.video_url; it comes first.
    """

    talk = models.OneToOneField(
        Talk, models.CASCADE, primary_key=True, related_name="video", verbose_name=_("talk")
    )
    url = models.URLField(_("address"), max_length=500)
    seconds = models.PositiveIntegerField(_("length in seconds"), null=True)
    published_at = models.DateTimeField(_("published"), db_default=Now())

    class Meta:
        verbose_name = _("video of a talk")
        verbose_name_plural = _("videos of talks")

    def __str__(self) -> str:
        return self.url
