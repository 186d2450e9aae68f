from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.models import Track
from streaming.enums import FaultKind, RecordingSource, RecordingState
from streaming.models.stream import Stream
from talks.models import Talk

# The service may be at work on it, or is about to be asked.
CUTTING = [RecordingState.WANTED, RecordingState.WORKING]


class Recording(Timestamped):
    """The recording of a talk: where it is to be cut, how far that is, and whether people may see it.

    `round` counts the cuts that were asked for; the name of each job derives from it. `is_open`: a job of
    this round may exist that nobody has seen the end of. The wish is written only by
    streaming.services.recordings, what came of it by streaming.services.cutting.
    """

    talk = models.OneToOneField(Talk, models.PROTECT, related_name="recording", verbose_name=_("talk"))
    track = models.ForeignKey(Track, models.PROTECT, related_name="recordings", verbose_name=_("track"))
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="recordings", verbose_name=_("stream"))
    source = models.CharField(_("cut from"), max_length=8, choices=RecordingSource)
    proposed_start = models.DateTimeField(_("proposed start"))
    proposed_end = models.DateTimeField(_("proposed end"))
    windows = models.PositiveSmallIntegerField(_("times on air"), default=1)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    state = models.CharField(
        _("state"), max_length=12, choices=RecordingState, default=RecordingState.PROPOSED
    )
    round = models.PositiveIntegerField(_("round"), default=0)
    is_open = models.BooleanField(_("a job may be under way"), default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    job = models.CharField(_("job"), max_length=256, blank=True)
    cut_path = models.CharField(_("path of the cut"), max_length=500, blank=True)
    cut_start = models.DateTimeField(_("start of the cut"), null=True)
    cut_end = models.DateTimeField(_("end of the cut"), null=True)
    published_path = models.CharField(_("published path"), max_length=500, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    fault = models.CharField(
        _("kind of error"), max_length=12, choices=FaultKind, blank=True, default=FaultKind.NONE
    )
    request_id = models.CharField(_("request id"), max_length=80, blank=True)
    look_at = models.DateTimeField(_("next look"), default=timezone.now)
    lease_until = models.DateTimeField(_("worked on until"), null=True)
    lease_owner = models.CharField(_("worked on by"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="recording_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return str(self.talk)

    @property
    def is_cutting(self) -> bool:
        return self.state in CUTTING

    @property
    def is_published(self) -> bool:
        return bool(self.published_path)

    @property
    def is_cut_as_wished(self) -> bool:
        """Whether the edges that people see are those of the finished cut."""
        return (self.cut_start, self.cut_end) == (self.starts_at, self.ends_at)
