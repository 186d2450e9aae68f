"""How the chat says no. What a person can wait for carries the seconds."""

import math
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models import Event
from talks.discussion.errors import DiscussionRefused


class ChatOff(DiscussionRefused):
    """The organizers have not switched it on, or have switched it off."""

    code, status = "chat_off", 404
    words = _("This event has no chat.")


class RoomClosed(DiscussionRefused):
    code = "room_closed"
    words = _("The chat takes no messages at the moment.")


class TooFast(DiscussionRefused):
    """The burst is used up, or slow mode is on."""

    code, status = "too_fast", 429

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.retry_after = max(1, math.ceil(wait))

    def __str__(self) -> str:
        text = ngettext(
            "You can write again in %(count)s second.",
            "You can write again in %(count)s seconds.",
            self.retry_after,
        )
        return text % {"count": self.retry_after}


class Silenced(DiscussionRefused):
    """`until` is None for a ban. The person gets the reason, and nobody else does."""

    code, status = "silenced", 403

    def __init__(self, event: Event, until: datetime | None, reason: str) -> None:
        super().__init__(until, reason)
        self.event, self.until, self.reason = event, until, reason

    def __str__(self) -> str:
        if self.until is None:
            words = _("The organizers have excluded you from writing at this event: %(reason)s")
            return str(words % {"reason": self.reason})
        when = date_format(timezone.localtime(self.until, self.event.zone), "H:i")
        words = _("The organizers have silenced you until %(when)s: %(reason)s")
        return str(words % {"when": when, "reason": self.reason})


class NameNeeded(DiscussionRefused):
    """The first message of somebody without a public profile."""

    code, status = "name_needed", 422
    words = _("Please choose the name that the others read beside your messages.")


class NameRefused(DiscussionRefused):
    """An address, or nothing that can be read."""

    code, status = "name_refused", 422
    words = _("Please use a name of 1 to 40 characters without @ or a web address.")


class NameTaken(DiscussionRefused):
    code, status = "name_taken", 422
    words = _("Somebody at this event has this name already. Please choose another.")


class MessageGone(DiscussionRefused):
    """It was hidden or deleted meanwhile."""

    code, status = "message_gone", 404
    words = _("This message is no longer here.")


class NoReason(DiscussionRefused):
    code, status = "no_reason", 422
    words = _("Please give a reason. The person reads it.")
