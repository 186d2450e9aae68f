"""The questions by HTTP: who reads what, the original's paths and keys, and what they no longer give away."""

import json
import uuid

import pytest
from django.test import Client

from events.enums import EventStatus, Role
from events.live import moment
from talks.discussion.models import QuestionCount, QuestionVote, TalkQuestion
from talks.discussion.services.asking import QUESTIONS_PER_PERSON
from talks.discussion.services.question_desk import hide
from tests.factories.accounts import UserFactory
from tests.factories.discussion import AnswerFactory, TalkQuestionFactory
from tests.factories.events import EventFactory, RegistrationFactory, RoleGrantFactory
from tests.factories.talks import SpeakerFactory, TalkFactory
from tests.sign_in import without_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    event = EventFactory(slug="harbour", status=EventStatus.OPENED, is_open_to_all=False)
    return TalkFactory(event=event, title="灯台の話", lang="ja")


def signed_in(user):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def attendee(talk):
    return signed_in(RegistrationFactory(event=talk.event).user)


def staff(talk, role=Role.ORGANIZER):
    return signed_in(RoleGrantFactory(event=talk.event, role=role).user)


def speaker(talk):
    person = SpeakerFactory(event=talk.event, user=UserFactory())
    talk.speakers.add(person)
    return signed_in(person.user)


def list_url(talk):
    return f"/api/v1/events/{talk.event.slug}/talks/{talk.pk}/questions"


def one(question, rest=""):
    return f"/api/v1/talks/{question.talk_id}/session_questions/{question.pk}{rest}"


def send(client, method, url, body=None):
    return getattr(client, method)(url, json.dumps(body or {}), content_type="application/json")


def test_list_says_what_the_reader_may_do_and_what_is_theirs(talk, attendee):
    question = TalkQuestionFactory(talk=talk, asker=attendee.user)
    QuestionVote.objects.create(question=question, voter=attendee.user)
    QuestionCount.objects.create(talk=talk, revision=7)
    TalkQuestion.objects.update(votes=1)
    answer = AnswerFactory(question=question)
    assert attendee.get(list_url(talk)).json() == {
        "talk_id": talk.pk,
        "title": "灯台の話",
        "lang": "ja",
        "revision": 7,
        "signed_in": True,
        "current_user_role": None,
        "can_ask": True,
        "can_moderate": False,
        "can_delete": False,
        "closed": None,
        "questions": [
            {
                "id": question.pk,
                "talk_id": talk.pk,
                "body": question.body,
                "votes_count": 1,
                "state": "open",
                "is_pinned": False,
                "created_at": moment(question.created_at),
                "answers": [
                    {
                        "id": answer.pk,
                        "body": answer.body,
                        "answerer": {"type": "staff", "name": ""},
                        "created_at": moment(answer.created_at),
                        "is_mine": False,
                    }
                ],
                "has_voted": True,
                "is_mine": True,
            }
        ],
    }


def test_original_path_gives_the_same_list(talk, attendee):
    TalkQuestionFactory(talk=talk)
    kept = attendee.get(f"/api/v1/talks/{talk.pk}/session_questions").json()
    assert kept == attendee.get(list_url(talk)).json()


def test_nobody_learns_who_asked(talk, attendee):
    TalkQuestionFactory(talk=talk, asker=UserFactory(name="Hidden Name", email="hidden@example.com"))
    texts = [client.get(list_url(talk)).content.decode() for client in (attendee, staff(talk))]
    assert [
        word for word in ("Hidden", "profile", "asker", "user_id") for text in texts if word in text
    ] == []


def test_list_is_sorted_by_time_or_by_votes(talk, attendee):
    first = TalkQuestionFactory(talk=talk, votes=3)
    second = TalkQuestionFactory(talk=talk)
    rows = {
        sort: attendee.get(list_url(talk), {"sort": sort}).json()["questions"] for sort in ("time", "votes")
    }
    assert [row["id"] for row in rows["time"]] == [second.pk, first.pk]
    assert [row["id"] for row in rows["votes"]] == [first.pk, second.pk]


def test_list_is_not_sent_again_when_nothing_changed(talk, attendee):
    question = TalkQuestionFactory(talk=talk)
    etag = attendee.get(list_url(talk)).headers["ETag"]
    again = attendee.get(list_url(talk), headers={"If-None-Match": etag})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "private, no-cache")
    attendee.put(one(question, "/vote"))
    assert attendee.get(list_url(talk), headers={"If-None-Match": etag}).status_code == 200


def test_two_readers_never_share_an_etag(talk, attendee):
    TalkQuestionFactory(talk=talk)
    other = signed_in(RegistrationFactory(event=talk.event).user)
    assert attendee.get(list_url(talk)).headers["ETag"] != other.get(list_url(talk)).headers["ETag"]


def test_talk_of_another_event_does_not_exist_here(talk, attendee):
    other = TalkFactory(event=EventFactory(slug="pier", status=EventStatus.OPENED, is_open_to_all=True))
    assert attendee.get(f"/api/v1/events/harbour/talks/{other.pk}/questions").status_code == 404


def test_stranger_reads_the_questions_of_an_event_that_is_open_to_all():
    talk = TalkFactory(event=EventFactory(status=EventStatus.OPENED, is_open_to_all=True))
    TalkQuestionFactory(talk=talk)
    listed = Client().get(list_url(talk)).json()
    assert (len(listed["questions"]), listed["can_ask"], listed["signed_in"]) == (1, False, False)


def test_draft_talk_does_not_exist_for_attendees(talk, attendee):
    type(talk).objects.update(is_published=False)
    assert attendee.get(list_url(talk)).status_code == 404


def test_asking_twice_with_one_key_gives_the_same_question(talk, attendee):
    body = {"body": "Why?", "client_key": str(uuid.uuid4())}
    answers = [send(attendee, "post", list_url(talk), body) for _turn in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert (answers[0].json()["is_mine"], TalkQuestion.objects.count()) == (True, 1)


def test_original_way_of_asking_needs_no_key(talk, attendee):
    answer = send(attendee, "post", f"/api/v1/talks/{talk.pk}/session_questions", {"body": "Why?"})
    assert (answer.status_code, answer.json()["body"], answer.json()["votes_count"]) == (201, "Why?", 0)


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (" ", "empty", "Please write something first."),
        ("x" * 501, "too_long", "Please use at most 500 characters."),
    ],
)
def test_bad_question_gets_a_sentence(talk, attendee, body, code, message):
    answer = send(attendee, "post", list_url(talk), {"body": body})
    assert (answer.status_code, answer.json()) == (422, {"code": code, "message": message})


def test_flood_gets_a_sentence(talk, attendee):
    for number in range(QUESTIONS_PER_PERSON.uses):
        send(attendee, "post", list_url(talk), {"body": f"{number}?"})
    answer = send(attendee, "post", list_url(talk), {"body": "Again?"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_often")


def test_closed_questions_say_why(talk, attendee):
    type(talk.event).objects.update(status=EventStatus.ARCHIVED)
    answer = send(attendee, "post", list_url(talk), {"body": "Why?"})
    assert (answer.status_code, answer.json()) == (
        409,
        {"code": "questions_closed", "message": "The event is archived. Questions are closed."},
    )
    assert attendee.get(list_url(talk)).json()["closed"]["code"] == "archived"


def test_staff_without_a_registration_ask_nothing(talk):
    assert send(staff(talk), "post", list_url(talk), {"body": "Why?"}).status_code == 403


def test_vote_is_put_and_deleted_safely(talk, attendee):
    question = TalkQuestionFactory(talk=talk)
    answers = [attendee.put(one(question, "/vote")).json() for _turn in range(2)]
    assert answers == [{"votes_count": 1, "has_voted": True}] * 2
    answers = [attendee.delete(one(question, "/vote")).json() for _turn in range(2)]
    assert answers == [{"votes_count": 0, "has_voted": False}] * 2


def test_original_vote_is_a_toggle(talk, attendee):
    question = TalkQuestionFactory(talk=talk)
    answers = [attendee.post(one(question, "/vote")).json()["has_voted"] for _turn in range(3)]
    assert answers == [True, False, True]


def test_hidden_question_is_there_for_those_who_moderate_alone(talk, attendee):
    question = TalkQuestionFactory(talk=talk)
    hide(question=question, actor=UserFactory())
    assert attendee.get(list_url(talk)).json()["questions"] == []
    assert attendee.put(one(question, "/vote")).status_code == 404
    for moderator in (staff(talk), staff(talk, Role.BROADCASTER), staff(talk, Role.MODERATOR), speaker(talk)):
        [row] = moderator.get(list_url(talk)).json()["questions"]
        assert (row["id"], row["is_hidden"]) == (question.pk, True)


def test_reception_sees_no_hidden_question(talk):
    hide(question=TalkQuestionFactory(talk=talk), actor=UserFactory())
    assert staff(talk, Role.RECEPTION).get(list_url(talk)).json()["questions"] == []


def test_role_opens_nothing_before_the_second_factor(talk):
    question = TalkQuestionFactory(talk=talk)
    half = without_second_factor(staff(talk))
    assert half.get(list_url(talk)).json()["can_moderate"] is False
    assert send(half, "patch", one(question), {"is_hidden": True}).status_code == 403
    assert send(half, "post", one(question, "/session_question_answers"), {"body": "x"}).status_code == 403
    assert half.delete(one(question)).status_code == 403


@pytest.mark.parametrize(
    "changes", [{"state": "answered"}, {"is_hidden": True}, {"is_pinned": True, "state": "answered"}]
)
def test_speaker_of_the_talk_changes_its_questions(talk, changes):
    question = TalkQuestionFactory(talk=talk)
    answer = send(speaker(talk), "patch", one(question), changes)
    assert (answer.status_code, {name: answer.json()[name] for name in changes}) == (200, changes)


def test_speaker_of_another_talk_is_a_viewer_here(talk):
    question = TalkQuestionFactory(talk=talk)
    other = TalkFactory(event=talk.event)
    stranger = speaker(other)
    RegistrationFactory(event=talk.event, user=stranger.user)
    assert send(stranger, "patch", one(question), {"is_hidden": True}).status_code == 403
    assert (
        send(stranger, "post", one(question, "/session_question_answers"), {"body": "x"}).status_code == 403
    )


def test_attendee_moderates_nothing(talk, attendee):
    question = TalkQuestionFactory(talk=talk)
    assert send(attendee, "patch", one(question), {"is_hidden": True}).status_code == 403
    assert send(attendee, "post", one(question, "/merge"), {"into": question.pk}).status_code == 403
    assert attendee.delete(one(question)).status_code == 403
    assert TalkQuestion.objects.shown().count() == 1


def test_unknown_change_is_refused(talk):
    question = TalkQuestionFactory(talk=talk)
    assert send(staff(talk), "patch", one(question), {"state": "gone"}).status_code == 422


def test_speaker_answers_and_reads_the_answers(talk, attendee):
    question = TalkQuestionFactory(talk=talk)
    url = one(question, "/session_question_answers")
    answered = send(speaker(talk), "post", url, {"body": "Because."})
    assert (answered.status_code, answered.json()["answers"][0]["is_mine"]) == (201, True)
    [row] = attendee.get(url).json()["answers"]
    assert (row["body"], row["answerer"]["type"], row["is_mine"]) == ("Because.", "speaker", False)


def test_own_question_is_deleted_even_when_it_is_hidden_and_questions_are_closed(talk, attendee):
    question = TalkQuestionFactory(talk=talk, asker=attendee.user)
    hide(question=question, actor=UserFactory())
    type(talk.event).objects.update(status=EventStatus.ARCHIVED)
    assert attendee.delete(one(question)).status_code == 204
    assert not TalkQuestion.objects.alive().exists()


def test_own_answer_is_deleted_and_that_of_another_is_not(talk):
    question, mine = TalkQuestionFactory(talk=talk), speaker(talk)
    send(mine, "post", one(question, "/session_question_answers"), {"body": "Because."})
    own, other = question.answers.get(), AnswerFactory(question=question)
    url = one(question, "/session_question_answers")
    assert mine.delete(f"{url}/{own.pk}").status_code == 204
    assert mine.delete(f"{url}/{other.pk}").status_code == 403
    assert mine.delete(f"{url}/{other.pk + 1}").status_code == 404


def test_staff_merge_two_questions(talk):
    gone, stays = TalkQuestionFactory(talk=talk), TalkQuestionFactory(talk=talk)
    answer = send(staff(talk), "post", one(gone, "/merge"), {"into": stays.pk})
    assert (answer.status_code, answer.json()["id"]) == (200, stays.pk)
    assert TalkQuestion.objects.shown().get() == stays


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_ten_queries(talk, attendee, django_assert_num_queries, count):
    for _turn in range(count):
        AnswerFactory(question=TalkQuestionFactory(talk=talk))
    with django_assert_num_queries(10):
        assert len(attendee.get(list_url(talk)).json()["questions"]) == count
