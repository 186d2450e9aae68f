"""After a talk its speakers get the questions that are still open, by mail, once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.services.mail import queue
from events.enums import EventStatus
from events.models import Registration
from talks.discussion.models import Answer, QuestionCount, TalkQuestion
from talks.discussion.models.settings import MOST_DAYS
from talks.discussion.opening import closes_at, why_closed
from talks.discussion.selectors import talks_with_questions
from talks.models import Speaker, Talk

# The first questions after a talk are answered on the spot.
AFTER = timedelta(minutes=15)
GOOD_FOR = timedelta(days=2)


def open_questions(talk: Talk) -> QuerySet[TalkQuestion]:
    """Those that viewers see and that nobody has answered or marked answered; most votes first."""
    return _unanswered().filter(talk=talk).order_by("-is_pinned", "-votes", "created_at")


def _unanswered() -> QuerySet[TalkQuestion]:
    answered = Answer.objects.shown().filter(question=OuterRef("pk"))
    return TalkQuestion.objects.shown().filter(~Exists(answered), state="open")


def mail_open_questions(now: datetime) -> int:
    """Tell the speakers of talks that have ended; how many mails were queued. Safe to run at any time."""
    return sum(_mail_talk(talk) for talk in _ended_talks(now) if not why_closed(talk, now))


def _ended_talks(now: datetime) -> QuerySet[Talk]:
    waiting = _unanswered().filter(talk=OuterRef("pk"))
    reachable = Speaker.objects.filter(talks=OuterRef("pk"), user__is_active=True)
    ended = talks_with_questions().filter(
        ends_at__lte=now - AFTER, ends_at__gt=now - timedelta(days=MOST_DAYS)
    )
    public = ended.filter(is_published=True).exclude(event__status=EventStatus.DRAFT)
    return public.filter(Exists(waiting), Exists(reachable)).exclude(
        question_counter__mailed_at__isnull=False
    )


def _mail_talk(talk: Talk) -> int:
    """Mark and queue in one transaction; of two who try, one marks."""
    with transaction.atomic():
        QuestionCount.objects.get_or_create(talk=talk)
        counter = QuestionCount.objects.filter(talk=talk, mailed_at=None)
        if not counter.update(mailed_at=timezone.now()):
            return 0
        questions = list(open_questions(talk))
        speakers = list(talk.speakers.filter(user__is_active=True).select_related("user"))
        for speaker in speakers:
            _mail(talk, speaker, questions)
    return len(speakers)


def _mail(talk: Talk, speaker: Speaker, questions: list[TalkQuestion]) -> None:
    with translation.override(_language(talk, speaker)), timezone.override(talk.event.zone):
        subject = _("Open questions to “%(title)s”") % {"title": talk.title}
        page = {
            "talk": talk,
            "speaker": speaker,
            "questions": questions,
            "until": closes_at(talk),
            "url": settings.SITE_URL + talk.get_absolute_url() + "#questions-title",
        }
        text = render_to_string("discussion/questions_mail.txt", page)
        message = EmailMultiAlternatives(subject[:200], text, to=[speaker.user.email] if speaker.user else [])
        queue(message, good_for=GOOD_FOR)


def _language(talk: Talk, speaker: Speaker) -> str:
    """As they registered; who has not is written to in the language in which they speak."""
    own = Registration.objects.filter(event=talk.event, user=speaker.user)
    return own.values_list("language", flat=True).first() or talk.lang
