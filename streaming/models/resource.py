from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.models import Event
from streaming.enums import Part
from streaming.models.stream import Stream
from streaming.networks import validate_networks
from streaming.states import Seen

SEEN = [
    (Seen.ABSENT.value, _("not there")),
    (Seen.MAKING.value, _("being made")),
    (Seen.READY.value, _("ready")),
    (Seen.STALE.value, _("out of date")),
    (Seen.STARTING.value, _("starting")),
    (Seen.RUNNING.value, _("running")),
    (Seen.STOPPING.value, _("stopping")),
    (Seen.REMOVING.value, _("being removed")),
    (Seen.BROKEN.value, _("broken")),
]


class MediaResource(Timestamped):
    """One part of a stream in the cloud: written before the cloud is asked for it, so that none is forgotten.

    `owner` is the stream, its event or the environment (StreamSpec.owner). `round` counts how often the part
    was made anew. Written only by streaming.services.resources.
    """

    owner = models.CharField(_("belongs to"), max_length=120)
    part = models.CharField(_("part"), max_length=16, choices=Part)
    stream = models.ForeignKey(
        Stream, models.PROTECT, null=True, related_name="resources", verbose_name=_("stream")
    )
    name = models.CharField(_("name"), max_length=256)
    token = models.CharField(max_length=64, blank=True, editable=False)
    round = models.PositiveIntegerField(_("time made"), default=0)
    generation = models.PositiveIntegerField(_("wish number"), default=0)
    external_id = models.CharField(_("cloud id"), max_length=300, blank=True)
    seen = models.CharField(_("seen"), max_length=16, choices=SEEN, default=Seen.ABSENT)
    asked_at = models.DateTimeField(_("asked for"), null=True)
    seen_at = models.DateTimeField(_("looked at"), null=True)
    made_at = models.DateTimeField(_("first seen"), null=True)
    gone_at = models.DateTimeField(_("gone"), null=True)

    class Meta:
        verbose_name = _("cloud resource")
        verbose_name_plural = _("cloud resources")
        constraints = [models.UniqueConstraint(fields=["owner", "part"], name="one_row_per_part")]

    def __str__(self) -> str:
        return f"{self.name}: {self.part}"


class EventMedia(models.Model):
    """What the streams of one event have in common; a row is made when somebody sets something."""

    event = models.OneToOneField(
        Event, models.CASCADE, primary_key=True, related_name="media", verbose_name=_("event")
    )
    encoders = models.TextField(
        _("addresses of the encoders"),
        blank=True,
        validators=[validate_networks],
        help_text=_(
            "Who may push a picture, one network a line, for example 203.0.113.7/32. "
            "Empty: the addresses of the whole site."
        ),
    )

    class Meta:
        verbose_name = _("streams of an event")
        verbose_name_plural = _("streams of events")

    def __str__(self) -> str:
        return str(self.event)
