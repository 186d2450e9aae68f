from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from events.page_cache import ready_for_strangers
from events.rules import can_see_timetable
from events.views.scope import event_or_404, not_yet
from talks import selectors
from talks.forms import TalkSearchForm
from talks.models import Talk
from talks.rules import can_see_talk
from talks.videos import video_of


@require_safe
@ready_for_strangers("q", "category", "level", "language", "day")
def talk_list(request: HttpRequest, event: str) -> HttpResponse:
    scope = event_or_404(request, event)
    if not can_see_timetable(request.user, scope):
        return not_yet(request, scope)
    categories, days = selectors.categories_of(scope), selectors.public_days(scope)
    form = TalkSearchForm(request.GET, categories=categories, days=days)
    talks = selectors.find_talks(scope, form.wanted)
    page = {"event": scope, "form": form, "wanted": form.wanted, "talks": talks, "now": timezone.now()}
    response = render(request, "talks/talk_list.html", page)
    if dict(request.GET.items()) != form.wanted or "q" in form.wanted:
        # Words of somebody's own, and values that do not exist, would push out good pages.
        patch_cache_control(response, no_store=True)
    return response


@require_safe
@ready_for_strangers()
def talk(request: HttpRequest, event: str, talk_id: int) -> HttpResponse:
    scope = event_or_404(request, event)
    if not can_see_timetable(request.user, scope):
        return not_yet(request, scope)
    found = Talk.objects.filter(event=scope, pk=talk_id).with_people().first()
    if found is None or not can_see_talk(request.user, found):
        raise Http404
    page = {
        "event": scope,
        "talk": found,
        "video": video_of(found),
        "same_time": selectors.talks_at_the_same_time(found),
        "more": selectors.more_by_the_speakers(found),
        "now": timezone.now(),
    }
    return render(request, "talks/talk.html", page)


@require_safe
@ready_for_strangers()
def speaker_list(request: HttpRequest, event: str) -> HttpResponse:
    scope = event_or_404(request, event)
    if not can_see_timetable(request.user, scope):
        return not_yet(request, scope)
    return render(
        request, "talks/speaker_list.html", {"event": scope, "speakers": selectors.speakers_of(scope)}
    )


@require_safe
@ready_for_strangers()
def speaker(request: HttpRequest, event: str, speaker_id: int) -> HttpResponse:
    scope = event_or_404(request, event)
    if not can_see_timetable(request.user, scope):
        return not_yet(request, scope)
    found = get_object_or_404(selectors.speakers_of(scope), pk=speaker_id)
    page = {"event": scope, "speaker": found, "talks": selectors.talks_of(found), "now": timezone.now()}
    return render(request, "talks/speaker.html", page)
