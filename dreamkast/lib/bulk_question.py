"""An action on many rows asks first, on a page that says what it means for whom."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

MOST_NAMED = 20
Consequences = Callable[[QuerySet[Any]], list[Any]]
Action = Callable[[Any, HttpRequest, QuerySet[Any]], Any]


def asks_first(*sentences: Any, more: Consequences | None = None) -> Callable[[Action], Action]:
    """For an action of the admin, below `@admin.action`. `more` is for what depends on the chosen rows."""

    def asking(action: Action) -> Action:
        @wraps(action)
        def ask_or_do(self: Any, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
            if _is_agreed(request, queryset):
                return action(self, request, queryset)
            return _question(self, request, queryset, [*sentences, *(more(queryset) if more else [])])

        return ask_or_do

    return asking


def _is_agreed(request: HttpRequest, queryset: QuerySet[Any]) -> bool:
    """To as many rows as the page named: "all" may mean others by the time of the answer."""
    return request.POST.get("agreed") == str(queryset.order_by().count())


def _question(page: Any, request: HttpRequest, queryset: QuerySet[Any], sentences: list[Any]) -> HttpResponse:
    name, count = request.POST["action"], queryset.order_by().count()
    context = {
        **page.admin_site.each_context(request),
        "title": page.get_actions(request)[name][2],
        "opts": page.opts,
        "action": name,
        "count": count,
        "named": [str(row) for row in queryset[:MOST_NAMED]],
        "unnamed": max(count - MOST_NAMED, 0),
        "consequences": sentences,
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/bulk_question.html", context)
