"""The control room's log: a filtered part as JSON, and the whole of it as a file."""

import csv
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.models import Event
from streaming.console_forms import LogFilterForm
from streaming.log_table import COLUMNS, log_line
from streaming.selectors.control_log import control_log, whole_log
from streaming.views.console_request import directed_event, no

PAGE = 100


@require_safe
@never_cache
def log_rows(request: HttpRequest, event: str) -> HttpResponse:
    """The newest hundred rows that are wanted; `before` leads on."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    conference, form = directed_event(request, event), LogFilterForm(request.GET)
    if not form.is_valid():
        return no("malformed", 422)
    rows = control_log(conference, form.wanted, PAGE + 1)
    return JsonResponse({"rows": rows[:PAGE], "has_more": len(rows) > PAGE})


@require_safe
@never_cache
def log_file(request: HttpRequest, event: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    conference, form = directed_event(request, event), LogFilterForm(request.GET)
    if not form.is_valid():
        return no("malformed", 422)
    return _file(conference, whole_log(conference, form.wanted))


def _file(event: Event, rows: Iterable[dict[str, Any]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}-control-log.csv"'
    response.write("\ufeff")
    tracks = dict(event.tracks.values_list("pk", "name"))
    writer = csv.DictWriter(response, COLUMNS)
    writer.writeheader()
    writer.writerows(log_line(row, tracks) for row in rows)
    return response
