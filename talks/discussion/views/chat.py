"""The moderators' page of the chat. It lives by the JSON API; see talks.discussion.moderation_api."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from talks.discussion import chat_rules, moderation_selectors
from talks.discussion.moderation_api import moderated_event


@require_safe
@never_cache
@ensure_csrf_cookie
def chat_desk(request: HttpRequest, event: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    conference = moderated_event(request, event, chat_rules.can_moderate_chat)
    may_switch = chat_rules.can_switch_chat(request.user, conference)
    desk = moderation_selectors.desk(conference) | {"may_switch": may_switch}
    return render(request, "discussion/chat_desk.html", {"event": conference, "desk": desk})
