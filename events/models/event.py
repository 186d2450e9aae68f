import zoneinfo
from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from dreamkast.lib.text import Bilingual
from events.enums import PHASES, EventStatus, TextKind
from events.theme import theme_hash
from events.validators import validate_colour, validate_free_slug, validate_zone

MOST_DAYS = 31
SHORTEST_RETENTION, LONGEST_RETENTION = 30, 1825
MOST_TRACKS = 26


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> "EventQuerySet":
        return self.exclude(status=EventStatus.DRAFT).filter(rehearsal_of=None)

    def opened(self) -> "EventQuerySet":
        return self.filter(status=EventStatus.OPENED)

    def with_pages(self) -> "EventQuerySet":
        """Each event knows its span, and the pages that header and footer lead to; no further query."""
        public = {"days__is_internal": False}
        return self.annotate(
            first_day=models.Min("days__date", filter=models.Q(**public)),
            last_day=models.Max("days__date", filter=models.Q(**public)),
            has_links=_exists("links"),
            has_team=_exists("team", is_shown=True),
            has_conduct=_exists("texts", kind=TextKind.CONDUCT),
            has_privacy=_exists("texts", kind=TextKind.PRIVACY),
            has_access=_exists("texts", kind=TextKind.ACCESS),
        )


def _exists(rows: str, **wanted: object) -> models.Exists:
    model = Event._meta.get_field(rows).related_model
    return models.Exists(model.objects.filter(event=models.OuterRef("pk"), **wanted))  # type: ignore[union-attr]


class Event(Timestamped):
    """A conference: the frame that everything else hangs on."""

    slug = models.SlugField(_("address"), max_length=40, unique=True, validators=[validate_free_slug])
    name_ja = models.CharField(_("name (Japanese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    tagline_ja = models.CharField(_("one sentence (Japanese)"), max_length=200, blank=True)
    tagline_en = models.CharField(_("one sentence (English)"), max_length=200, blank=True)
    about_ja = models.TextField(_("about (Japanese, Markdown)"), blank=True)
    about_en = models.TextField(_("about (English, Markdown)"), blank=True)
    venue_ja = models.CharField(_("place (Japanese)"), max_length=200, blank=True)
    venue_en = models.CharField(_("place (English)"), max_length=200, blank=True)
    organizer_ja = models.CharField(_("organized by (Japanese)"), max_length=200, blank=True)
    organizer_en = models.CharField(_("organized by (English)"), max_length=200, blank=True)
    contact_url = models.URLField(_("contact"), blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Tokyo", validators=[validate_zone]
    )
    status = models.CharField(_("status"), max_length=16, choices=EventStatus, default=EventStatus.DRAFT)
    accent = models.CharField(
        _("accent colour"), max_length=7, default="#0b6e75", validators=[validate_colour]
    )
    ground = models.CharField(
        _("colour of the opening picture"),
        max_length=7,
        blank=True,
        validators=[validate_colour],
        help_text=_("The dark ground behind the event's name. Empty: derived from the accent."),
    )
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    key_visual = models.ImageField(_("key visual"), upload_to="visuals/", blank=True)
    favicon = models.ImageField(_("favicon"), upload_to="favicons/", blank=True)
    is_open_to_all = models.BooleanField(
        _("open to all"),
        default=False,
        help_text=_("Everybody may watch. Otherwise only registered people and staff."),
    )
    # Written by events.services.places alone: a raised number hands places to those who wait.
    has_on_site = models.BooleanField(_("takes people on site"), default=False, editable=False)
    on_site_places = models.PositiveIntegerField(_("places on site"), null=True, blank=True, editable=False)
    retention_days = models.PositiveSmallIntegerField(
        _("days that registrations are kept"),
        default=365,
        validators=[MinValueValidator(SHORTEST_RETENTION), MaxValueValidator(LONGEST_RETENTION)],
        help_text=_(
            "After the last day. Then registrations with their answers, join links and bookmarks are deleted "
            "for good, once the event is closed; the numbers by day stay."
        ),
    )
    # Each is changed by a verb of its own (events.services.life), never by the form.
    takes_registrations = models.BooleanField(_("registration"), default=False, editable=False)
    takes_proposals = models.BooleanField(_("call for proposals"), default=False, editable=False)
    shows_timetable = models.BooleanField(_("timetable"), default=False, editable=False)
    shows_sponsors = models.BooleanField(_("sponsors"), default=False, editable=False)
    is_rehearsing = models.BooleanField(_("rehearsal"), default=False, editable=False)
    # A rehearsal is a copy of its own. Its programme stands so much later than that of the real event.
    rehearsal_of = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        editable=False,
        related_name="rehearsal_copy",
        verbose_name=_("rehearsal of"),
    )
    rehearsal_shift = models.DurationField(default=timedelta(), editable=False)

    name, tagline, about = Bilingual(), Bilingual(), Bilingual()
    venue, organizer = Bilingual(), Bilingual()

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("events:landing", args=[self.slug])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def phase(self) -> str:
        return PHASES[EventStatus(self.status)]

    @property
    def is_opened(self) -> bool:
        return self.status == EventStatus.OPENED

    @property
    def is_private(self) -> bool:
        """Only staff know that it exists: a draft, or a rehearsal."""
        return self.status == EventStatus.DRAFT or self.rehearsal_of_id is not None

    @property
    def theme_hash(self) -> str:
        return theme_hash(self.accent, self.ground)

    @property
    def is_in_rehearsal(self) -> bool:
        """Of a real event only before the doors open; afterwards everybody sees the real thing."""
        return self.rehearsal_of_id is not None or (self.is_rehearsing and self.phase == "before")


class Day(models.Model):
    """A day of the programme, in the event's zone."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="days", verbose_name=_("event"))
    date = models.DateField(_("date"))
    is_internal = models.BooleanField(
        _("internal"), default=False, help_text=_("A rehearsal: not shown in the public timetable.")
    )

    class Meta:
        verbose_name = _("day")
        verbose_name_plural = _("days")
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["event", "date"], name="one_day_per_date")]

    def __str__(self) -> str:
        return self.date.isoformat()
