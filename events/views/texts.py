"""The event's pages of words: code of conduct, privacy, the way to the place, links and the team."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.models import EventLink, TeamMember
from events.page_cache import ready_for_strangers
from events.views.scope import event_or_404


@require_safe
@ready_for_strangers()
def text(request: HttpRequest, event: str, kind: str) -> HttpResponse:
    scope = event_or_404(request, event)
    page = get_object_or_404(scope.texts, kind=kind)
    return render(request, "events/text.html", {"event": scope, "text": page})


@require_safe
@ready_for_strangers()
def link_list(request: HttpRequest, event: str) -> HttpResponse:
    scope = event_or_404(request, event)
    links = list(EventLink.objects.filter(event=scope))
    return _list_or_404(request, "events/links.html", {"event": scope, "links": links}, links)


@require_safe
@ready_for_strangers()
def team(request: HttpRequest, event: str) -> HttpResponse:
    scope = event_or_404(request, event)
    members = list(TeamMember.objects.filter(event=scope, is_shown=True))
    return _list_or_404(request, "events/team.html", {"event": scope, "members": members}, members)


def _list_or_404(
    request: HttpRequest, template: str, page: dict[str, object], rows: list[object]
) -> HttpResponse:
    """Nothing leads to an empty page, so that there is none."""
    if not rows:
        raise Http404
    return render(request, template, page)
