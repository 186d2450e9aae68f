from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from events.models import Event
from talks.discussion.chat_enums import ModerationVerb
from talks.discussion.models.chat_message import LONGEST_MESSAGE, ChatMessage
from talks.discussion.models.chat_room import ChatMember, ChatRoom

LONGEST_REASON = 200


class ChatSilence(models.Model):
    """Somebody may not write in an event, until a moment or, as a ban, for good."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="chat_silences", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    until = models.DateTimeField(_("until"), null=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), db_default=Now())
    lifted_at = models.DateTimeField(_("lifted"), null=True)

    class Meta:
        verbose_name = _("silenced person")
        verbose_name_plural = _("silenced people")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.reason


class ChatReport(models.Model):
    """Somebody asks the moderators to look. The text is kept as it was: its author may change it."""

    message = models.ForeignKey(
        ChatMessage, models.CASCADE, related_name="reports", verbose_name=_("chat message")
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    text = models.CharField(_("text as it was"), max_length=LONGEST_MESSAGE)
    at = models.DateTimeField(_("at"), db_default=Now())
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        verbose_name = _("report of a message")
        verbose_name_plural = _("reports of messages")
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["message", "reporter"], name="one_report_per_person")]

    def __str__(self) -> str:
        return self.text[:60]


class ChatLog(models.Model):
    """Each act of moderation, with the text as it was. Only added to."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="chat_log", verbose_name=_("event"))
    room = models.ForeignKey(
        ChatRoom, models.SET_NULL, null=True, related_name="+", verbose_name=_("chat room")
    )
    message = models.ForeignKey(
        ChatMessage, models.SET_NULL, null=True, related_name="log", verbose_name=_("chat message")
    )
    # Whose message it was, or who was silenced.
    member = models.ForeignKey(
        ChatMember, models.SET_NULL, null=True, related_name="+", verbose_name=_("person in the chat")
    )
    verb = models.CharField(_("what"), max_length=16, choices=ModerationVerb)
    text = models.CharField(_("text as it was"), max_length=LONGEST_MESSAGE, blank=True)
    note = models.CharField(_("note"), max_length=LONGEST_REASON, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("act of moderation")
        verbose_name_plural = _("acts of moderation")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.text[:40]}"
