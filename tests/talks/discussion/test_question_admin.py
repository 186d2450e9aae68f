"""Organizers read the questions to their talks and hide several at once, after a look at what that means."""

import pytest
from django.urls import reverse

from events.enums import EventStatus, Role
from talks.discussion.models import QuestionCount, TalkQuestion
from talks.discussion.services.question_desk import hide
from tests.factories.accounts import UserFactory
from tests.factories.discussion import AnswerFactory, TalkQuestionFactory
from tests.factories.events import EventFactory, RoleGrantFactory
from tests.factories.talks import TalkFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:discussion_talkquestion_changelist")


@pytest.fixture
def talk():
    return TalkFactory(event=EventFactory(status=EventStatus.OPENED))


@pytest.fixture
def organizer(talk, client):
    user = UserFactory(name="Rei Tokiwa")
    RoleGrantFactory(event=talk.event, user=user, role=Role.ORGANIZER)
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return user


def act(client, action, questions, **more):
    chosen = {"action": action, "_selected_action": [question.pk for question in questions], **more}
    return client.post(LIST, chosen, follow=True)


def test_hiding_asks_first_and_then_hides_all(talk, organizer, client):
    questions = [TalkQuestionFactory(talk=talk) for _number in range(3)]
    asked = act(client, "hide", questions)
    assert "They vanish from every screen at once" in asked.content.decode()
    assert TalkQuestion.objects.shown().count() == 3
    act(client, "hide", questions, agreed="3")
    assert TalkQuestion.objects.shown().count() == 0
    assert (TalkQuestion.objects.first().hidden_by, QuestionCount.objects.get().revision) == (organizer, 3)


def test_hidden_questions_are_shown_again(talk, organizer, client):
    question = TalkQuestionFactory(talk=talk)
    hide(question=question, actor=organizer)
    act(client, "show_again", [question], agreed="1")
    assert TalkQuestion.objects.shown().get() == question


def test_questions_of_other_events_are_left_alone(organizer, client):
    theirs = TalkQuestionFactory()
    act(client, "hide", [theirs], agreed="1")
    assert TalkQuestion.objects.shown().get() == theirs


def test_deleted_question_is_passed_over(talk, organizer, client):
    question = TalkQuestionFactory(talk=talk, deleted_at=talk.starts_at)
    answer = act(client, "hide", [question], agreed="1")
    assert "0 questions changed." in answer.content.decode()


def test_history_tells_what_was_done_and_by_whom(talk, organizer, client):
    question = TalkQuestionFactory(talk=talk)
    hide(question=question, actor=organizer)
    html = client.get(reverse("admin:discussion_talkquestion_history", args=[question.pk])).content.decode()
    assert ("Rei Tokiwa" in html, "hidden" in html) == (True, True)


def test_no_page_names_who_asked(talk, organizer, client):
    asker = UserFactory(name="Secret Asker", email="secret@example.com")
    question = TalkQuestionFactory(talk=talk, asker=asker)
    page = reverse("admin:discussion_talkquestion_change", args=[question.pk])
    texts = [client.get(address).content.decode().lower() for address in (LIST, page)]
    assert [text for text in texts if "secret" in text] == []


@pytest.mark.parametrize(
    ("choice", "count"), [("yes", 1), ("hidden", 1), ("deleted", 1), ("merged", 1), ("", 4)]
)
def test_list_is_narrowed_to_what_viewers_see(talk, organizer, client, choice, count):
    shown = TalkQuestionFactory(talk=talk)
    TalkQuestionFactory(talk=talk, hidden_at=talk.starts_at)
    TalkQuestionFactory(talk=talk, deleted_at=talk.starts_at)
    TalkQuestionFactory(talk=talk, merged_into=shown)
    assert client.get(LIST, {"visible": choice}).context["cl"].result_count == count


def queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(50) as taken:
        assert client.get(LIST).status_code == 200
    return len(taken)


def test_list_takes_as_many_queries_for_three_as_for_one(
    talk, organizer, client, django_assert_max_num_queries
):
    AnswerFactory(question=TalkQuestionFactory(talk=talk))
    client.get(LIST)
    one = queries(client, django_assert_max_num_queries)
    for _number in range(2):
        AnswerFactory(question=TalkQuestionFactory(talk=talk))
    assert queries(client, django_assert_max_num_queries) == one
