import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.models import Event, Track
from streaming.enums import HookKind
from streaming.hook_urls import validate_hook_url


def new_secret() -> str:
    return "whsec_" + secrets.token_urlsafe(32)


class Webhook(Timestamped):
    """A program outside that is told what happens on air: signed, after the fact, never in anybody's way.

    `conditions` is what it was told last of each picture, `looks` counts the looks: of two workers one tells.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="webhooks", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=80)
    url = models.URLField(
        _("address"),
        max_length=500,
        validators=[validate_hook_url],
        help_text=_("https://… on the open internet. An incoming webhook of Slack works as it is."),
    )
    track = models.ForeignKey(
        Track,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="webhooks",
        verbose_name=_("only on track"),
        help_text=_("Empty: of every track of the event."),
    )
    wants_due = models.BooleanField(_("a talk is due (5 minutes and 90 seconds before)"), default=True)
    wants_on_air = models.BooleanField(_("what is on air has changed"), default=True)
    wants_health = models.BooleanField(_("how a picture arrives has changed"), default=True)
    wants_announcements = models.BooleanField(_("an announcement was published or withdrawn"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    secret = models.CharField(max_length=80, default=new_secret, editable=False)
    conditions = models.JSONField(default=dict, editable=False)
    looks = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(models.Model):
    """One message of a webhook, and what became of it. `try_at` is empty once it is over, well or not."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    kind = models.CharField(_("kind"), max_length=24, choices=HookKind)
    # What it tells of: the same is told once.
    subject = models.CharField(max_length=120)
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    try_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("message of a webhook")
        verbose_name_plural = _("messages of webhooks")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "subject"], name="one_message_per_subject"),
        ]
        indexes = [
            models.Index(fields=["try_at"], name="message_to_send", condition=Q(try_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id}: {self.subject}"
