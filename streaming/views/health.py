"""The control room's switch of the automatic slate."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from streaming.forms import SlateForm
from streaming.models import Stream
from streaming.services.slate import switch_slate
from streaming.views.console_request import directed_event, no, sent, track_of


@require_POST
def change_slate(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track, form = track_of(directed_event(request, event), track_id), SlateForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    stream = Stream.objects.select_related("track__event").filter(track=track).first()
    if stream is None:
        return no("no_stream", 409)
    switch_slate(stream=stream, is_automatic=form.cleaned_data["step"] == "slate_on", actor=request.user)
    return JsonResponse({"code": "done"})
