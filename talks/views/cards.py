from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.rules import can_see_timetable
from events.views.scope import event_or_404
from talks import selectors
from talks.cards.drawing import Card
from talks.cards.of_pages import card_of_event, card_of_speaker, card_of_talk
from talks.cards.shelf import png_of
from talks.models import Talk
from talks.rules import can_see_talk


@require_safe
def talk_card(request: HttpRequest, event: str, talk_id: int, digest: str) -> HttpResponse:
    """The picture of a link to the talk; behind the same door as its page."""
    scope = event_or_404(request, event)
    talk = Talk.objects.filter(event=scope, pk=talk_id).with_people().first()
    if talk is None or not can_see_timetable(request.user, scope) or not can_see_talk(request.user, talk):
        raise Http404
    card = card_of_talk(talk)
    present = reverse("talks:talk_card", args=[scope.slug, talk.pk, card.digest])
    # Staff see more than strangers: what only they see is for no shared cache.
    is_public = can_see_timetable(AnonymousUser(), scope) and can_see_talk(AnonymousUser(), talk)
    return _answer(card, digest, present, is_public=is_public and not scope.is_private)


@require_safe
def event_card(request: HttpRequest, event: str, lang: str, digest: str) -> HttpResponse:
    scope = event_or_404(request, event)
    if lang not in dict(settings.LANGUAGES):
        raise Http404
    card = card_of_event(scope, lang)
    present = reverse("talks:event_card", args=[scope.slug, lang, card.digest])
    return _answer(card, digest, present, is_public=not scope.is_private)


@require_safe
def speaker_card(request: HttpRequest, event: str, speaker_id: int, lang: str, digest: str) -> HttpResponse:
    """Behind the same door as the person's page."""
    scope = event_or_404(request, event)
    if lang not in dict(settings.LANGUAGES) or not can_see_timetable(request.user, scope):
        raise Http404
    speaker = get_object_or_404(selectors.speakers_of(scope), pk=speaker_id)
    card = card_of_speaker(scope, speaker, lang)
    present = reverse("talks:speaker_card", args=[scope.slug, speaker.pk, lang, card.digest])
    is_public = can_see_timetable(AnonymousUser(), scope) and not scope.is_private
    return _answer(card, digest, present, is_public=is_public)


def _answer(card: Card, digest: str, present: str, *, is_public: bool) -> HttpResponse:
    """The address names what is drawn: it may be kept for ever. One of yesterday leads to today's."""
    if digest != card.digest:
        return HttpResponseRedirect(present)
    kept = "public, max-age=31536000, immutable" if is_public else "private, no-cache"
    return HttpResponse(png_of(card), content_type="image/png", headers={"Cache-Control": kept})
