from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

CLOSED = ("/accounts/", "/admin/", "/api/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where search machines need not look, and where the list of what there is stands."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
