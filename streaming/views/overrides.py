"""Asking for an override of do-not-stream, and the second person's answer."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from streaming.models import Override
from streaming.override_forms import AskOverrideForm, OverrideForm
from streaming.services import overrides
from streaming.services.overrides import OverrideRefused
from streaming.views.console_request import directed_event, no, sent
from talks.models import Talk


@require_POST
def ask_override(request: HttpRequest, event: str, talk_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    talk = (
        Talk.objects.filter(event=directed_event(request, event), pk=talk_id).select_related("event").first()
    )
    if talk is None:
        raise Http404
    form = AskOverrideForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    try:
        override = overrides.ask_override(talk=talk, actor=request.user, **form.cleaned_data)
    except OverrideRefused as refused:
        return no(refused.code, 409)
    return JsonResponse({"code": "done", "id": override.pk})


@require_POST
def answer_override(request: HttpRequest, event: str, override_id: int) -> HttpResponse:
    """Confirm as the second person, decline, or withdraw."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    rows = Override.objects.filter(talk__event=directed_event(request, event), pk=override_id)
    override = rows.select_related("talk__event", "asked_by").first()
    if override is None:
        raise Http404
    form = OverrideForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    try:
        if form.cleaned_data["step"] == "confirm":
            overrides.confirm_override(override=override, actor=request.user)
        else:
            overrides.withdraw_override(override=override, actor=request.user)
    except OverrideRefused as refused:
        return no(refused.code, 409)
    return JsonResponse({"code": "done"})
