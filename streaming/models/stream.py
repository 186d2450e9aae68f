import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.models import Track
from streaming.enums import Attachment, FaultKind, GatewayName, Part, PlaybackKind
from streaming.slate_files import validate_slate
from streaming.states import Desired, Observed

# streaming.states knows no Django, so their words stand here.
DESIRED = [
    (Desired.ABSENT.value, _("not made")),
    (Desired.READY.value, _("ready")),
    (Desired.RUNNING.value, _("running")),
]
OBSERVED = [
    (Observed.UNKNOWN.value, _("unknown")),
    (Observed.ABSENT.value, _("not made")),
    (Observed.PARTIAL.value, _("in part")),
    (Observed.CHANGING.value, _("changing")),
    (Observed.STOPPED.value, _("stopped")),
    (Observed.STARTING.value, _("starting")),
    (Observed.RUNNING.value, _("running")),
    (Observed.STOPPING.value, _("stopping")),
    (Observed.FAILED.value, _("failed")),
]


# While an encoder is in one of these its inputs cannot change.
AT_WORK = [Observed.STARTING, Observed.RUNNING, Observed.STOPPING]


class Stream(Timestamped):
    """A track's picture: where it comes from, what people want of it and what was last seen of it.

    `desired` and `generation` are written only by streaming.services.streams, `key_number` by services.keys,
    the inputs that people want by services.inputs, the active one by services.active_inputs, `observed` and
    the rest only by services.reconcile.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    track = models.OneToOneField(Track, models.PROTECT, related_name="stream", verbose_name=_("track"))
    gateway = models.CharField(_("gateway"), max_length=16, choices=GatewayName)
    desired = models.CharField(_("desired"), max_length=16, choices=DESIRED, default=Desired.ABSENT)
    generation = models.PositiveIntegerField(_("wish number"), default=0)
    source_url = models.URLField(
        _("address of the picture"),
        max_length=500,
        blank=True,
        help_text=_("Only for an address elsewhere: YouTube, Vimeo, or an HLS playlist (https://….m3u8)."),
    )
    has_backup = models.BooleanField(_("backup input"), default=False)
    slate_url = models.CharField(
        _("slate"),
        max_length=500,
        blank=True,
        validators=[validate_slate],
        help_text=_("A file for bad moments: https://….mp4, or s3://bucket/slates/….mp4."),
    )
    keep_until = models.DateTimeField(_("kept running until"), null=True, blank=True)
    key_number = models.PositiveIntegerField(_("keys so far"), default=0)
    placed_key_number = models.PositiveIntegerField(_("key in place"), default=0)

    observed = models.CharField(_("observed"), max_length=16, choices=OBSERVED, default=Observed.UNKNOWN)
    observed_generation = models.PositiveIntegerField(_("wish that was seen"), default=0)
    observed_at = models.DateTimeField(_("looked at"), null=True)
    external_id = models.CharField(_("cloud id"), max_length=200, blank=True)
    playback_kind = models.CharField(
        _("kind of playback"), max_length=8, choices=PlaybackKind, default=PlaybackKind.NONE
    )
    playback_url = models.CharField(_("playback address"), max_length=500, blank=True)
    is_low_latency = models.BooleanField(_("low latency"), default=False)
    ingest_url = models.CharField(_("ingest address"), max_length=500, blank=True)
    stream_key = models.CharField(_("stream key"), max_length=200, blank=True)
    start_over_url = models.CharField(_("start-over address"), max_length=500, blank=True)
    backup_ingest_url = models.CharField(_("ingest address of the backup"), max_length=500, blank=True)
    backup_key = models.CharField(_("stream key of the backup"), max_length=200, blank=True)
    active_input = models.CharField(_("active input"), max_length=16, choices=Attachment, blank=True)
    active_input_at = models.DateTimeField(_("active input seen"), null=True)
    inputs_lease_until = models.DateTimeField(_("inputs worked on until"), null=True)
    error = models.TextField(_("last error"), blank=True)
    fault = models.CharField(
        _("kind of error"), max_length=12, choices=FaultKind, blank=True, default=FaultKind.NONE
    )
    fault_subject = models.CharField(_("what is missing"), max_length=120, blank=True)
    request_id = models.CharField(_("request id"), max_length=80, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    look_at = models.DateTimeField(_("next look"), default=timezone.now)
    lease_until = models.DateTimeField(_("worked on until"), null=True)
    lease_owner = models.CharField(_("worked on by"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("stream")
        verbose_name_plural = _("streams")

    def __str__(self) -> str:
        return f"{self.track} ({self.get_gateway_display()})"

    @property
    def inputs(self) -> list[Attachment]:
        """What its encoder can be switched to."""
        wanted = {Attachment.BACKUP: self.has_backup, Attachment.SLATE: bool(self.slate_url)}
        return [one for one in Attachment if wanted.get(one, True)]

    @property
    def can_change_inputs(self) -> bool:
        """A running encoder keeps those that it was made with."""
        return self.desired != Desired.RUNNING and self.observed not in AT_WORK

    @property
    def is_playing(self) -> bool:
        return self.observed == Observed.RUNNING and bool(self.playback_url)


class StreamLog(models.Model):
    """A wish or a step of a stream; append only."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="log", verbose_name=_("stream"))
    generation = models.PositiveIntegerField(_("wish number"))
    what = models.CharField(_("what"), max_length=40)
    part = models.CharField(_("part"), max_length=16, choices=Part, blank=True)
    request_id = models.CharField(_("request id"), max_length=80, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("stream log")
        verbose_name_plural = _("stream log")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.stream_id}: {self.what}"
