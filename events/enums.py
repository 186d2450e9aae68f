from django.db import models
from django.utils.translation import gettext_lazy as _


class EventStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    ANNOUNCED = "announced", _("announced")
    OPENED = "opened", _("opened")
    CLOSED = "closed", _("closed")
    ARCHIVED = "archived", _("archived")


PHASES = {
    EventStatus.DRAFT: "before",
    EventStatus.ANNOUNCED: "before",
    EventStatus.OPENED: "open",
    EventStatus.CLOSED: "after",
    EventStatus.ARCHIVED: "archive",
}


class Role(models.TextChoices):
    ORGANIZER = "organizer", _("organizer")
    BROADCASTER = "broadcaster", _("broadcaster")
    MODERATOR = "moderator", _("moderator")
    RECEPTION = "reception", _("reception")


class Attendance(models.TextChoices):
    ONLINE = "online", _("online")
    ON_SITE = "on_site", _("on site")


class AnnouncementLevel(models.TextChoices):
    NOTICE = "notice", _("notice")
    DEGRADED = "degraded", _("degraded")
    FAULT = "fault", _("fault")


class Audience(models.TextChoices):
    ALL = "all", _("everybody")
    ONLINE = "online", _("online")
    ON_SITE = "on_site", _("on site")


class ReminderKind(models.TextChoices):
    BEFORE = "before", _("before the event")


class TextKind(models.TextChoices):
    CONDUCT = "conduct", _("code of conduct")
    PRIVACY = "privacy", _("privacy policy")
    ACCESS = "access", _("access guide")


RESERVED_SLUGS = frozenset(
    [
        "accounts",
        "admin",
        "api",
        "static",
        "media",
        "ws",
        "cable",
        "i18n",
        "livez",
        "readyz",
        "metrics",
        "events",
        "tracks",
        "talks",
    ]
)
