from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.models import Event, Track

LONGEST_NAME = 40
SLOWEST = 600


class ChatSettings(models.Model):
    """Whether an event has a chat. An event without a row has none."""

    event = models.OneToOneField(
        Event, models.CASCADE, primary_key=True, related_name="chat_settings", verbose_name=_("event")
    )
    is_on = models.BooleanField(
        _("chat"), default=False, help_text=_("Each track has a room beside its picture.")
    )

    class Meta:
        verbose_name = _("settings of the chat")
        verbose_name_plural = _("settings of the chat")

    def __str__(self) -> str:
        return str(self.event)


class ChatRoom(models.Model):
    """The chat of a track, made when it is first needed. Written by talks.discussion.services alone.

    `counter` rises by one with each change; the row stays locked until the change commits, so changes come
    out in order. `sent_counter` is how far the frames have told of them.
    """

    track = models.OneToOneField(
        Track, models.CASCADE, primary_key=True, related_name="chat_room", verbose_name=_("track")
    )
    is_open = models.BooleanField(_("takes messages"), default=True)
    slow_seconds = models.PositiveSmallIntegerField(
        _("slow mode, seconds"), default=0, validators=[MaxValueValidator(SLOWEST)]
    )
    approve_first = models.BooleanField(_("approve first"), default=False)
    counter = models.PositiveBigIntegerField(default=0, editable=False)
    sent_counter = models.PositiveBigIntegerField(default=0, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    counted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("chat room")
        verbose_name_plural = _("chat rooms")

    def __str__(self) -> str:
        return str(self.track)


class ChatMember(Timestamped):
    """Somebody who has written in an event's chat, under the name that the others read."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="chat_members", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    # As it is compared: two people must not look alike.
    folded = models.CharField(max_length=LONGEST_NAME * 3, editable=False)
    # The pace of the person's messages; see talks.discussion.chat_pace.
    next_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("person in the chat")
        verbose_name_plural = _("people in the chat")
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="one_chat_member_per_person"),
            models.UniqueConstraint(fields=["event", "folded"], name="one_chat_member_per_name"),
        ]

    def __str__(self) -> str:
        return self.name
