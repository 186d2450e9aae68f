"""What needs doing about the pictures, for the first page of the admin."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from events.todo import Todo, add_check
from streaming.models import Stream
from streaming.selectors.costs import watched_streams
from streaming.states import Observed


@add_check
def stream_todos(event: Event) -> Iterable[Todo]:
    page = reverse("streaming:control_room", args=[event.slug])
    failed = Stream.objects.filter(track__event=event, observed=Observed.FAILED).select_related("track")
    for stream in failed:
        text = _("The stream of track %(track)s failed: %(error)s")
        yield Todo(text % {"track": stream.track.name, "error": stream.error[:120]}, page, is_urgent=True)
    for track_id, watched in watched_streams(event).items():
        if watched["is_forgotten"]:
            name = event.tracks.get(pk=track_id).name
            text = _("The stream of track %(track)s runs and costs money, but no talk is near.")
            yield Todo(text % {"track": name}, page, is_urgent=True)
