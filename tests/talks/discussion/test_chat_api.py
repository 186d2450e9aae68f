"""The chat by HTTP: pages, gaps, writing, and what nobody learns who should not."""

import uuid

import pytest
from django.test import Client

from events.enums import Role
from talks.discussion.chat_refusals import known_refusals
from talks.discussion.models import ChatLog, ChatMember, ChatMessage, ChatReport, ChatRoom, ChatSilence
from talks.discussion.services import message_own, moderation_desk
from talks.discussion.services.chat_rooms import change_room, switch_chat
from talks.discussion.services.message_posting import post
from tests.factories.chat import chat_track, chatter
from tests.factories.events import RoleGrantFactory
from tests.sign_in import without_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _new_process():
    known_refusals.forget()


@pytest.fixture
def track():
    return chat_track(slug="harbour")


@pytest.fixture
def person(track):
    return chatter(track, "波")


@pytest.fixture
def client(person):
    return signed_in(person)


def signed_in(user):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def moderator(track):
    return signed_in(RoleGrantFactory(event=track.event, role=Role.MODERATOR).user)


def room(track, *rest):
    return "/".join([f"/api/v1/events/{track.event.slug}/tracks/{track.pk}/messages", *map(str, rest)])


def send(client, method, url, body=None):
    return getattr(client, method)(url, body or {}, content_type="application/json")


def fill(track, person, count):
    """As if they had been written one after the other."""
    where, member = ChatRoom.objects.get_or_create(pk=track.pk)[0], ChatMember.objects.get(user=person)
    ChatMessage.objects.bulk_create(
        ChatMessage(room=where, author=member, body=f"m{number}", number=number, changed=number)
        for number in range(1, count + 1)
    )
    ChatRoom.objects.update(counter=count)


def test_newest_page_and_the_pages_before_it(track, person, client):
    fill(track, person, 120)
    pages, before = [], None
    while True:
        answer = client.get(room(track), {} if before is None else {"before": before}).json()
        pages.append([row["body"] for row in answer["messages"]])
        if not answer["has_older"]:
            break
        before = answer["messages"][0]["number"]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert [body for page in reversed(pages) for body in page] == [f"m{number}" for number in range(1, 121)]


def test_list_says_who_the_reader_is_and_how_the_room_is(track, person, client):
    row = post(track=track, body="Hi", actor=person)
    message_own.react(message=row, kind="clap", actor=person)
    answer = client.get(room(track)).json()
    assert answer["room"] == {
        "is_on": True,
        "is_open": True,
        "slow_seconds": 0,
        "approve_first": False,
    }
    assert answer["me"] == {
        "signed_in": True,
        "can_write": True,
        "can_moderate": False,
        "member": row.author_id,
        "name": "波",
        "silence": None,
    }
    assert (answer["revision"], answer["messages"][0]["reactions"]) == (2, {"clap": 1})
    assert answer["messages"][0]["my_reactions"] == ["clap"]


def test_gap_is_answered_with_what_changed_since(track, person, client):
    rows = [post(track=track, body=word, actor=person) for word in ("One", "Two", "Three")]
    moderation_desk.hide(message=rows[1], actor=person)
    answer = client.get(room(track), {"after": 1}).json()
    assert [row["body"] for row in answer["messages"]] == ["Three"]
    assert (answer["gone"], answer["revision"], answer["has_more"]) == ([rows[1].pk], 4, False)


def test_large_gap_is_answered_in_parts(track, person, client):
    fill(track, person, 250)
    first = client.get(room(track), {"after": 0}).json()
    rest = client.get(room(track), {"after": first["revision"]}).json()
    assert (len(first["messages"]), first["revision"], first["has_more"]) == (200, 200, True)
    assert (len(rest["messages"]), rest["revision"], rest["has_more"]) == (50, 250, False)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(track, person, client, count, django_assert_num_queries):
    fill(track, person, count)
    with django_assert_num_queries(11):
        client.get(room(track))


@pytest.mark.parametrize("query", ["before=-1", "after=x", "before=99999999999999999999"])
def test_nonsense_in_the_query_is_refused_as_such(track, client, query):
    assert client.get(f"{room(track)}?{query}").status_code == 422


def test_post_answers_with_the_message_and_again_with_the_same(track, client):
    body = {"body": "Hello https://example.com", "client_key": str(uuid.uuid4())}
    answers = [send(client, "post", room(track), body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert (answers[0].json()["body"], answers[0].json()["state"]) == (body["body"], "shown")


def test_refusals_say_what_and_how_long(track, person, client):
    change_room(track=track, slow_seconds=30, actor=person)
    send(client, "post", room(track), {"body": "One"})
    refused = send(client, "post", room(track), {"body": "Two"})
    answer = refused.json()
    assert (refused.status_code, answer["code"]) == (429, "too_fast")
    assert answer["retry_after"] == int(refused["Retry-After"]) in {29, 30}


def test_flood_is_refused_without_a_query_for_the_room(track, person, client, django_assert_num_queries):
    change_room(track=track, slow_seconds=30, actor=person)
    for _ in range(2):
        send(client, "post", room(track), {"body": "Spam"})
    # The session and its person.
    with django_assert_num_queries(2):
        assert send(client, "post", room(track), {"body": "Spam"}).status_code == 429


def test_chat_that_is_off_does_not_exist(track, person, client):
    switch_chat(event=track.event, is_on=False, actor=person)
    answers = [client.get(room(track)), send(client, "post", room(track), {"body": "Hi"})]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "chat_off")] * 2


def test_room_of_another_event_is_not_found_here(track, client):
    other = chat_track(slug="hill", is_open_to_all=False)
    url = f"/api/v1/events/hill/tracks/{track.pk}/messages"
    assert [client.get(url).status_code, client.get(room(other)).status_code] == [404, 403]


def test_strangers_read_an_open_event_and_write_nothing():
    track = chat_track(slug="open", is_open_to_all=True)
    post(track=track, body="Hi", actor=chatter(track, "波"))
    answer = Client().get(room(track))
    assert [row["body"] for row in answer.json()["messages"]] == ["Hi"]
    assert answer.json()["me"]["signed_in"] is False
    assert send(Client(), "post", room(track), {"body": "Hi"}).status_code == 401


def test_waiting_message_is_seen_by_its_author_alone(track, person, client):
    change_room(track=track, approve_first=True, actor=person)
    answer = send(client, "post", room(track), {"body": "Please"})
    assert (answer.status_code, answer.json()["state"]) == (201, "waiting")
    assert [row["body"] for row in client.get(room(track)).json()["waiting"]] == ["Please"]
    other = signed_in(chatter(track, "海")).get(room(track)).json()
    assert (other["messages"], other["waiting"]) == ([], [])


def test_foreign_message_is_neither_changed_nor_deleted(track, person):
    row, other = post(track=track, body="Mine", actor=person), signed_in(chatter(track, "海"))
    answers = [send(other, "patch", room(track, row.pk), {"body": "X"}), other.delete(room(track, row.pk))]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert ChatMessage.objects.get().body == "Mine"


def test_own_message_is_changed_and_deleted(track, person, client):
    row = post(track=track, body="Mine", actor=person)
    assert send(client, "patch", room(track, row.pk), {"body": "Better"}).json()["body"] == "Better"
    assert [client.delete(room(track, row.pk)).status_code for _ in range(2)] == [204, 404]


def test_reactions_are_put_and_taken_back_as_often_as_one_likes(track, person, client):
    url = room(track, post(track=track, body="Hi", actor=person).pk, "reactions/heart")
    assert [send(client, "put", url).json()["reactions"] for _ in range(2)] == [{"heart": 1}] * 2
    assert [client.delete(url).json()["reactions"] for _ in range(2)] == [{}] * 2
    assert send(client, "put", url.replace("heart", "skull")).status_code == 422


def test_report_is_told_to_the_moderators_and_to_nobody_else(track, person, client):
    row = post(track=track, body="Rude", actor=person)
    reader = signed_in(chatter(track, "海"))
    assert send(reader, "post", room(track, row.pk, "report"), {"reason": "Rude"}).status_code == 204
    assert "report" not in client.get(room(track)).content.decode()
    desk = moderator(track).get("/api/v1/events/harbour/chat").json()
    assert [one["reports"] for one in desk["reported"]] == [[{"reason": "Rude", "text": "Rude"}]]
    assert ChatReport.objects.get().reporter.email not in str(desk)


# Moderators


def test_moderators_step_by_step(track, person):
    change_room(track=track, approve_first=True, actor=person)
    fresh = type(track).objects.select_related("chat_room").get(pk=track.pk)
    row, desk = post(track=fresh, body="Hi", actor=person), moderator(track)
    url = room(track, row.pk, "moderation")
    steps = ["approve", "hide", "show", "remove"]
    states = [send(desk, "post", url, {"step": step}).json()["state"] for step in steps]
    assert states == ["shown", "hidden", "shown", "deleted"]
    assert send(desk, "post", url, {"step": "burn"}).status_code == 422
    assert send(desk, "post", url, {"step": "show"}).status_code == 404


def test_desk_tells_all_with_a_fixed_number_of_queries(track, person, django_assert_max_num_queries):
    row, desk = post(track=track, body="Hi", actor=person), moderator(track)
    send(desk, "post", room(track, row.pk, "moderation"), {"step": "hide"})
    with django_assert_max_num_queries(14):
        answer = desk.get("/api/v1/events/harbour/chat").json()
    assert (answer["is_on"], answer["may_switch"]) == (True, False)
    assert [one["body"] for one in answer["hidden"]] == ["Hi"]
    assert [(line["verb"], line["text"]) for line in answer["log"]] == [("hidden", "Hi")]


def test_silence_ban_and_lifting(track, person, client):
    desk, url = moderator(track), "/api/v1/events/harbour/chat/silences"
    member = ChatMember.objects.get().pk
    assert send(desk, "post", url, {"member": member, "reason": ""}).status_code == 422
    answer = send(desk, "post", url, {"member": member, "minutes": 5, "reason": "Calm down"})
    refused = send(client, "post", room(track), {"body": "Hi"})
    assert (refused.status_code, refused.json()["code"]) == (403, "silenced")
    assert "Calm down" in refused.json()["message"]
    assert client.get(room(track)).json()["me"]["silence"]["reason"] == "Calm down"
    assert desk.delete(f"{url}/{answer.json()['id']}").status_code == 204
    assert send(client, "post", room(track), {"body": "Hi"}).status_code == 201
    assert ChatSilence.objects.count() == 1


def test_staff_are_not_silenced(track):
    grant = RoleGrantFactory(event=track.event, role=Role.ORGANIZER)
    member = post(track=track, body="Hi", name="Org", actor=grant.user).author_id
    body = {"member": member, "reason": "Coup"}
    assert send(moderator(track), "post", "/api/v1/events/harbour/chat/silences", body).status_code == 403


def test_room_and_switch(track, person, client):
    desk, organizer = (
        moderator(track),
        signed_in(RoleGrantFactory(event=track.event, role=Role.ORGANIZER).user),
    )
    url = f"/api/v1/events/harbour/tracks/{track.pk}/chat"
    assert send(desk, "patch", url, {"slow_seconds": 10}).json()["slow_seconds"] == 10
    assert send(desk, "patch", url, {"slow_seconds": 9999}).status_code == 422
    switch = "/api/v1/events/harbour/chat"
    assert [send(one, "patch", switch, {"is_on": False}).status_code for one in (desk, organizer)] == [
        403,
        200,
    ]
    assert client.get(room(track)).status_code == 404
    assert list(ChatLog.objects.values_list("verb", flat=True)) == ["switched", "switched"]


def test_role_opens_nothing_without_its_second_factor(track):
    desk = without_second_factor(moderator(track))
    assert desk.get("/api/v1/events/harbour/chat").status_code == 403
    assert desk.get(room(track)).json()["me"]["can_moderate"] is False


def test_message_costs_a_fixed_number_of_queries(track, client, django_assert_num_queries):
    send(client, "post", room(track), {"body": "First"})
    with django_assert_num_queries(15):
        assert send(client, "post", room(track), {"body": "Second"}).status_code == 201
