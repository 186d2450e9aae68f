"""Speakers get the open questions to their talk by mail: after it, once, in their language."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail
from events.enums import EventStatus
from talks.discussion.services.question_desk import hide, mark_answered
from talks.discussion.services.question_mail import AFTER, mail_open_questions
from talks.discussion.tasks import mail_open_questions as task
from tests.factories.accounts import UserFactory
from tests.factories.discussion import AnswerFactory, TalkQuestionFactory
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    end = timezone.now() - timedelta(hours=1)
    event = EventFactory(slug="harbour", status=EventStatus.OPENED)
    talk = TalkFactory(event=event, title="Lamps", lang="en", starts_at=end - timedelta(hours=1), ends_at=end)
    talk.speakers.add(SpeakerFactory(event=event, user=UserFactory(email="aoi@example.com"), name_en="Aoi"))
    return talk


def mails():
    return list(OutgoingMail.objects.order_by("pk"))


def test_mail_holds_the_open_questions_by_votes_and_the_way_to_answer(talk, settings):
    settings.SITE_URL = "https://conf.example"
    TalkQuestionFactory(talk=talk, body="Why?")
    TalkQuestionFactory(talk=talk, body="How?", votes=2)
    assert mail_open_questions(timezone.now()) == 1
    [mail] = mails()
    assert (mail.to, mail.subject) == ("aoi@example.com", "Open questions to “Lamps”")
    lines = [line for line in mail.body.splitlines() if line]
    assert lines[0] == "Hello Aoi,"
    assert lines[2:4] == ["- How? (2 votes)", "- Why?"]
    assert f"https://conf.example/harbour/talks/{talk.pk}#questions-title" in lines


def test_mail_is_sent_once(talk):
    TalkQuestionFactory(talk=talk)
    task()
    TalkQuestionFactory(talk=talk)
    task()
    assert len(mails()) == 1


def test_mail_is_in_the_language_of_the_registration(talk):
    TalkQuestionFactory(talk=talk)
    RegistrationFactory(event=talk.event, user=talk.speakers.get().user, language="ja")
    mail_open_questions(timezone.now())
    assert "Hello" not in mails()[0].body


def answered(question):
    AnswerFactory(question=question)


@pytest.mark.parametrize("closing", [answered, mark_answered, hide])
def test_question_that_is_answered_or_hidden_is_not_mailed(talk, closing):
    question = TalkQuestionFactory(talk=talk)
    closing(question=question) if closing is answered else closing(question=question, actor=UserFactory())
    assert (mail_open_questions(timezone.now()), mails()) == (0, [])


def test_nothing_is_mailed_before_the_talk_is_over_for_a_while(talk):
    TalkQuestionFactory(talk=talk)
    assert mail_open_questions(talk.ends_at + AFTER - timedelta(seconds=1)) == 0
    assert mail_open_questions(talk.ends_at + AFTER) == 1


def test_nothing_is_mailed_when_nobody_can_answer_any_more(talk):
    TalkQuestionFactory(talk=talk)
    assert mail_open_questions(talk.ends_at + timedelta(days=7)) == 0
    type(talk.event).objects.update(status=EventStatus.ARCHIVED)
    assert mail_open_questions(timezone.now()) == 0


def test_talk_without_a_speaker_who_signs_in_waits(talk):
    TalkQuestionFactory(talk=talk)
    speaker = talk.speakers.get()
    user, speaker.user = speaker.user, None
    speaker.save()
    assert mail_open_questions(timezone.now()) == 0
    speaker.user = user
    speaker.save()
    assert mail_open_questions(timezone.now()) == 1
