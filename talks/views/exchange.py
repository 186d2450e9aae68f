"""The programme in and out by files: the organizers' pages, and what is published for everybody."""

from django.contrib import admin, messages
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from events.models import Event
from events.page_cache import ready_for_strangers
from events.rules import can_see_timetable
from events.views.scope import event_or_404, of_own_event
from talks.exchange.entry import Unreadable
from talks.exchange_forms import ImportForm, UploadForm
from talks.exports.formats import CONTENT_TYPES, FILE_NAMES, FORMATS, export_programme
from talks.import_plan import ImportPlan
from talks.import_words import change_lines
from talks.models import ProgrammeImport
from talks.services.importing import FileRefused, ImportedAlready, import_kept, keep_file, look

LATEST = 10


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_event
def exchange(request: HttpRequest, event: Event) -> HttpResponse:
    """Choose a file to look at, or take one away."""
    form = UploadForm(event, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, content = form.cleaned_data["file"].name, form.content
        row = keep_file(event=event, name=name, content=content, actor=request.user)  # type: ignore[arg-type]
        return redirect("admin:talks_exchange_plan", event.slug, row.pk)
    context = {
        **_frame(request, event, _("Import and export")),
        "form": form,
        "formats": [(name, FILE_NAMES.get(name, name)) for name in FORMATS],
        "imports": _latest(event),
    }
    return render(request, "admin/talks/exchange.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_event
def plan(request: HttpRequest, event: Event, row_id: int) -> HttpResponse:
    """What a kept file would do now; then do it."""
    row = get_object_or_404(ProgrammeImport.objects.select_related("event"), event=event, pk=row_id)
    if not row.content:
        messages.info(request, _("The file itself is not kept any more, only what it did."))
        return redirect("admin:talks_exchange", event.slug)
    try:
        if request.method == "POST":
            return _import(request, row)
        found = look(row)
    except Unreadable as fault:
        messages.error(request, str(fault))
        return redirect("admin:talks_exchange", event.slug)
    return _plan_page(request, row, found)


def _latest(event: Event) -> QuerySet[ProgrammeImport]:
    rows = event.programme_imports.defer("content").select_related("actor")
    return rows.annotate(is_kept=Case(When(content=b"", then=False), default=True))[:LATEST]


def _import(request: HttpRequest, row: ProgrammeImport) -> HttpResponse:
    form = ImportForm(request.POST)
    drops = form.is_valid() and form.cleaned_data["drop_missing"]
    try:
        done = import_kept(row=row, drop_missing=drops, actor=request.user)  # type: ignore[arg-type]
    except FileRefused:
        return _plan_page(request, row, look(row), status=409)
    except ImportedAlready:
        messages.info(request, _("This file was imported already; nothing was done again."))
    else:
        text = _("Imported: %(added)s added, %(changed)s changed, %(dropped)s taken away.")
        messages.success(request, text % vars(done))
    return redirect("admin:talks_exchange_plan", row.event.slug, row.pk)


def _plan_page(
    request: HttpRequest, row: ProgrammeImport, found: ImportPlan, status: int = 200
) -> HttpResponse:
    context = {**_frame(request, row.event, row.name), "row": row, "plan": found, "form": ImportForm()}
    context["changes"] = list(change_lines(found))
    return render(request, "admin/talks/import_plan.html", context, status=status)


def _frame(request: HttpRequest, event: Event, title: str) -> dict[str, object]:
    return {**admin.site.each_context(request), "event": event, "title": title}


@require_safe
@of_own_event
def download(request: HttpRequest, event: Event, format_name: str) -> HttpResponse:
    """The whole programme as it shall be, drafts included."""
    if format_name not in FORMATS:
        raise Http404
    response = _file(event, format_name, drafts=True, actor=request.user)  # type: ignore[arg-type]
    name = f"{event.slug}-{FILE_NAMES.get(format_name, format_name)}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@ready_for_strangers()
def published(request: HttpRequest, event: str, format_name: str) -> HttpResponse:
    """What everybody may see of the programme, for other programs."""
    scope = event_or_404(request, event)
    if not can_see_timetable(request.user, scope):
        raise Http404
    return _file(scope, format_name, drafts=False)


def _file(event: Event, format_name: str, *, drafts: bool, actor: User | None = None) -> HttpResponse:
    content = export_programme(event, format_name, drafts=drafts, actor=actor)
    return HttpResponse(content, content_type=CONTENT_TYPES[format_name])
