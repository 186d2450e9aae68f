"""The chat of an organizer's events: the switch, and what was said and done, to read."""

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin_scope import EventScopedAdmin, ReadOnlyAdmin
from talks.discussion.models import ChatLog, ChatMessage, ChatReport, ChatRoom, ChatSettings, ChatSilence
from talks.discussion.services.chat_rooms import switch_chat


@admin.register(ChatSettings)
class ChatSettingsAdmin(EventScopedAdmin):
    list_display = ["event", "is_on"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["event__slug"]
    fields = ["event", "is_on"]

    def save_model(self, request: HttpRequest, obj: ChatSettings, form: object, change: bool) -> None:
        """Those who are in a room learn of it at once."""
        switch_chat(event=obj.event, is_on=obj.is_on, actor=request.user)
        obj.refresh_from_db()


@admin.register(ChatRoom)
class ChatRoomAdmin(ReadOnlyAdmin):
    """Changed on the moderators' page."""

    event_path = "track__event"
    list_display = ["track", "is_open", "slow_seconds", "approve_first"]
    list_filter = [("track__event", RelatedOnlyFieldListFilter)]
    list_select_related = ["track__event"]
    search_fields = ["track__name"]


@admin.register(ChatMessage)
class ChatMessageAdmin(ReadOnlyAdmin):
    event_path = "room__track__event"
    list_display = ["created_at", "body", "author", "badge", "room", "state"]
    list_display_links = ["body"]
    list_filter = [("room__track__event", RelatedOnlyFieldListFilter), "state", "badge"]
    list_select_related = ["author", "room__track__event"]
    search_fields = ["body", "author__name"]
    date_hierarchy = "created_at"


@admin.register(ChatReport)
class ChatReportAdmin(ReadOnlyAdmin):
    """Who reported is for the moderators to protect: it is not shown."""

    event_path = "message__room__track__event"
    list_display = ["at", "text", "reason", "settled_at"]
    list_display_links = ["text"]
    list_filter = [("message__room__track__event", RelatedOnlyFieldListFilter)]
    list_select_related = ["message__room__track__event"]
    search_fields = ["text", "reason"]
    fields = ["message", "text", "reason", "at", "settled_at"]


@admin.register(ChatSilence)
class ChatSilenceAdmin(ReadOnlyAdmin):
    list_display = ["at", "person", "until", "reason", "by", "lifted_at"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "user", "by"]
    search_fields = ["reason", "user__email"]

    @admin.display(description=_("person"), ordering="user")
    def person(self, silence: ChatSilence) -> str:
        return str(silence.user)


@admin.register(ChatLog)
class ChatLogAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "member", "text", "note", "room", "actor"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "verb"]
    list_select_related = ["event", "member", "room__track", "actor"]
    search_fields = ["text", "note", "member__name", "actor__email"]
    date_hierarchy = "at"
