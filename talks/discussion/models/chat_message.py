import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from talks.discussion.chat_enums import Badge, MessageState, Reaction
from talks.discussion.models.chat_room import ChatMember, ChatRoom

LONGEST_MESSAGE = 512


class ChatMessageQuerySet(models.QuerySet["ChatMessage"]):
    def shown(self) -> "ChatMessageQuerySet":
        return self.filter(state=MessageState.SHOWN)

    def waiting(self) -> "ChatMessageQuerySet":
        return self.filter(state=MessageState.WAITING)


class ChatMessage(Timestamped):
    """A message. Written by talks.discussion.services alone.

    `number` is its place in the room, given when it is first shown; `changed` is the room's count at its last
    change.
    """

    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="messages", verbose_name=_("chat room"))
    # Empty once the person has gone; their words have gone with them.
    author = models.ForeignKey(
        ChatMember, models.SET_NULL, null=True, related_name="messages", verbose_name=_("by")
    )
    badge = models.CharField(_("badge"), max_length=16, choices=Badge, blank=True)
    body = models.CharField(_("message"), max_length=LONGEST_MESSAGE)
    reply_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="replies", verbose_name=_("reply to")
    )
    client_key = models.UUIDField(default=uuid.uuid4, editable=False)
    state = models.CharField(
        _("state"), max_length=16, choices=MessageState, default=MessageState.SHOWN, editable=False
    )
    edited_at = models.DateTimeField(_("changed"), null=True, editable=False)
    number = models.PositiveBigIntegerField(null=True, editable=False)
    changed = models.PositiveBigIntegerField(default=0, editable=False)

    objects = ChatMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("chat message")
        verbose_name_plural = _("chat messages")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["room", "changed"], name="chat_changes"),
            models.Index(fields=["room", "state", "number"], name="chat_pages"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "client_key"], name="one_chat_message_per_key"),
            models.UniqueConstraint(fields=["room", "number"], name="one_chat_message_per_number"),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SHOWN) | Q(number__isnull=False), name="shown_has_a_number"
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60] or f"#{self.pk}"

    @property
    def is_shown(self) -> bool:
        return self.state == MessageState.SHOWN


class ChatReaction(models.Model):
    """One person's one mark of a kind."""

    message = models.ForeignKey(ChatMessage, models.CASCADE, related_name="reactions")
    member = models.ForeignKey(ChatMember, models.CASCADE, related_name="+")
    kind = models.CharField(_("reaction"), max_length=16, choices=Reaction)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "member", "kind"], name="one_reaction_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"
