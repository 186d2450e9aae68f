"""Where the pictures come from: streams can be asked to start and stop here, the rest is to read."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.bulk_question import asks_first
from events.admin_scope import ReadOnlyAdmin
from streaming.errors import RecordingUnderWay, StreamOnAir
from streaming.models import Stream, StreamLog
from streaming.rules import can_run_streams
from streaming.services.streams import request_delete, request_start, request_stop

EVENT = ("track__event", RelatedOnlyFieldListFilter)
Ask = Callable[..., None]


@admin.register(Stream)
class StreamAdmin(ReadOnlyAdmin):
    event_path = "track__event"
    list_display = ["track", "event", "gateway", "desired", "observed", "observed_at", "error"]
    list_filter = [EVENT, "gateway", "desired", "observed"]
    list_select_related = ["track__event"]
    search_fields = ["track__name", "external_id"]
    # Whoever has the key can put a picture on the track: it is shown in the control room only.
    exclude = ["ingest_url", "stream_key", "backup_ingest_url", "backup_key"]
    actions = ["start", "stop", "delete_resources"]

    @admin.action(description=_("Start the selected streams"))
    @asks_first(_("They run, and may cost money, until somebody stops them."))
    def start(self, request: HttpRequest, queryset: QuerySet[Stream]) -> None:
        self._ask(request, queryset, request_start)

    @admin.action(description=_("Stop the selected streams"))
    @asks_first(_("Whoever watches sees no picture."))
    def stop(self, request: HttpRequest, queryset: QuerySet[Stream]) -> None:
        self._ask(request, queryset, request_stop)

    @admin.action(description=_("Delete what the selected streams use in the cloud"))
    @asks_first(
        _("What they use in the cloud is deleted, with its addresses."),
        _("One with a talk on air is refused."),
    )
    def delete_resources(self, request: HttpRequest, queryset: QuerySet[Stream]) -> None:
        self._ask(request, queryset, request_delete)

    def _ask(self, request: HttpRequest, queryset: QuerySet[Stream], ask: Ask) -> None:
        for stream in queryset.select_related("track__event"):
            level, sentence = _asked(request, stream, ask)
            self.message_user(request, f"{stream}: {sentence}", level)

    @admin.display(description=_("event"))
    def event(self, stream: Stream) -> str:
        return str(stream.track.event)


def _asked(request: HttpRequest, stream: Stream, ask: Ask) -> tuple[int, str]:
    if not can_run_streams(request.user, stream.track.event):
        return messages.ERROR, str(_("You may not run the streams of this event."))
    try:
        ask(stream=stream, actor=request.user)
    except StreamOnAir:
        return messages.ERROR, str(_("It has a talk on air and stays."))
    except RecordingUnderWay:
        return messages.ERROR, str(_("A recording is being cut from it. Wait until that has ended."))
    return messages.SUCCESS, str(_("It was asked for."))


@admin.register(StreamLog)
class StreamLogAdmin(ReadOnlyAdmin):
    event_path = "stream__track__event"
    list_display = ["at", "stream", "generation", "what", "detail", "actor"]
    list_filter = [("stream__track__event", RelatedOnlyFieldListFilter), "what"]
    list_select_related = ["stream__track__event", "actor"]
    search_fields = ["what", "detail", "stream__track__name"]
    date_hierarchy = "at"
