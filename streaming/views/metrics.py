"""GET /metrics, for machines."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from streaming.metrics import metrics_text
from streaming.rules import can_read_metrics

# Whatever a proxy leaves behind: then the address is not to be trusted to be the asker's own.
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_read(request):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(metrics_text(), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return can_read_metrics(
        token=token.strip() if scheme.lower() == "bearer" else "",
        address=request.META.get("REMOTE_ADDR", ""),
        is_forwarded=any(name in request.headers for name in FORWARDED),
    )
