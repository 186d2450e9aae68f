import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from dreamkast.lib.text import tighten_counters
from events.models import Event, Room, Track
from talks.enums import Difficulty, TalkKind, TalkLanguage
from talks.models.speaker import Speaker


class TalkQuerySet(models.QuerySet["Talk"]):
    def published(self) -> "TalkQuerySet":
        return self.filter(is_published=True)

    def scheduled(self) -> "TalkQuerySet":
        return self.filter(starts_at__isnull=False).filter(Q(track__isnull=False) | Q(is_for_all_tracks=True))

    def for_track(self, track: Track) -> "TalkQuerySet":
        """The track's own talks and those that go out on all tracks of its event."""
        return self.filter(Q(track=track) | Q(is_for_all_tracks=True, event=track.event_id))

    def with_people(self) -> "TalkQuerySet":
        return self.select_related("event", "track__room", "room").prefetch_related("talk_speakers__speaker")


class Talk(Timestamped):
    """One entry of the programme, breaks included."""

    # Stays when the talk is renamed, moved or cancelled: calendars and other programs know the talk by it.
    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="talks", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=16, choices=TalkKind, default=TalkKind.TALK)
    title = models.CharField(_("title"), max_length=200)
    lang = models.CharField(_("language"), max_length=2, choices=TalkLanguage, default=TalkLanguage.JA)
    abstract = models.TextField(_("abstract"), blank=True)
    category = models.CharField(_("category"), max_length=60, blank=True)
    difficulty = models.CharField(_("difficulty"), max_length=16, choices=Difficulty, blank=True)
    track = models.ForeignKey(
        Track, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name=_("track")
    )
    room = models.ForeignKey(
        Room,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="talks",
        verbose_name=_("room"),
        help_text=_("Only when it differs from the track's room."),
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    is_for_all_tracks = models.BooleanField(
        _("on all tracks"),
        default=False,
        help_text=_("A keynote that may be on air on several tracks at once."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True, help_text=_("For a talk that has no time yet.")
    )
    seats = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: as many as the room has.")
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    do_not_stream = models.BooleanField(_("do not stream"), default=False)
    do_not_record = models.BooleanField(_("do not record"), default=False)
    slides_url = models.URLField(_("slides"), blank=True)
    video_url = models.URLField(_("video"), blank=True)
    speakers = models.ManyToManyField(
        Speaker, through="TalkSpeaker", related_name="talks", blank=True, verbose_name=_("speakers")
    )

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering = ["starts_at", "track__position", "id"]
        indexes = [models.Index(fields=["event", "is_published", "starts_at"], name="talk_programme")]
        constraints = [
            models.CheckConstraint(
                name="talk_ends_after_it_starts",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.title, self.abstract = tighten_counters(self.title), tighten_counters(self.abstract)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("talks:talk", args=[self.event.slug, self.pk])

    @property
    def people(self) -> list[Speaker]:
        """The speakers in their order; no query after `with_people`."""
        return [place.speaker for place in self.talk_speakers.all()]

    @property
    def speaker_names(self) -> list[str]:
        """The speakers' names in the talk's own language."""
        return [speaker.name_in(self.lang) for speaker in self.people]

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_break(self) -> bool:
        return self.kind == TalkKind.BREAK


class TalkSpeaker(models.Model):
    """A speaker's place in a talk."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="talk_speakers")
    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="talk_speakers", verbose_name=_("speaker")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("speaker of a talk")
        verbose_name_plural = _("speakers of a talk")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["talk", "speaker"], name="one_place_per_speaker")]

    def __str__(self) -> str:
        return f"{self.speaker} – {self.talk}"
