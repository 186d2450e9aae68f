"""What a room hears: everything since the last frame in one, each change once, whoever sends it."""

import json

import pytest
from django.utils import timezone

from events.live import moment
from talks.discussion.chat_coalescer import ChatCoalescer
from talks.discussion.chat_dirty import dirty_rooms
from talks.discussion.chat_enums import Reaction
from talks.discussion.chat_selectors import MOST_CHANGES
from talks.discussion.models import ChatMember, ChatMessage, ChatRoom
from talks.discussion.services import message_own, moderation_desk
from talks.discussion.services.chat_rooms import change_room, switch_chat
from talks.discussion.services.chat_sending import COUNT_EVERY, rooms_behind, send_changes, tell_counts
from talks.discussion.services.message_posting import post
from tests.factories.accounts import UserFactory
from tests.factories.chat import chat_track, chatter
from tests.races import at_once

pytestmark = pytest.mark.django_db
OPEN = {"is_on": True, "is_open": True, "slow_seconds": 0, "approve_first": False}


@pytest.fixture
def track():
    return chat_track()


@pytest.fixture
def person(track):
    return chatter(track, "波")


@pytest.fixture
def sent(track, django_capture_on_commit_callbacks):
    """The frames of one round, as if the last one were long ago."""

    def of(call=lambda room_id: send_changes(room_id=room_id)):
        ChatRoom.objects.update(sent_at=None)
        with django_capture_on_commit_callbacks() as callbacks:
            call(track.pk)
        messages = [callback.args[1] for callback in callbacks]
        return [(message["group"], json.loads(message["text"])) for message in messages]

    return of


def whole(message, **changes):
    return {
        "id": message.pk,
        "number": message.number,
        "member": message.author_id,
        "name": "波",
        "badge": "",
        "body": message.body,
        "reply_to": None,
        "created_at": moment(message.created_at),
        "is_edited": False,
        "reactions": {},
    } | changes


def frame(track, revision, after, messages=(), gone=(), room=OPEN):
    body = {"track_id": track.pk, "after": after, "room": room, "messages": [*messages], "gone": [*gone]}
    return (f"track.{track.pk}", {"kind": "message.changed", "revision": revision, "body": body})


def test_everything_since_the_last_frame_is_one_frame(track, person, sent):
    rows = [post(track=track, body=word, actor=person) for word in ("One", "Two", "Three")]
    message_own.react(message=rows[0], kind=Reaction.HEART, actor=person)
    moderation_desk.hide(message=rows[1], actor=person)
    first, third = ChatMessage.objects.get(pk=rows[0].pk), ChatMessage.objects.get(pk=rows[2].pk)
    expected = [whole(first, reactions={"heart": 1}), whole(third)]
    assert sent() == [frame(track, 5, 0, expected, [rows[1].pk])]
    assert sent() == []


def test_next_frame_begins_where_the_last_one_ended(track, person, sent):
    post(track=track, body="One", actor=person)
    sent()
    row = post(track=track, body="Two", actor=person)
    assert sent() == [frame(track, 2, 1, [whole(row)])]


def test_room_is_told_four_times_a_second_and_no_more(track, person, sent):
    post(track=track, body="One", actor=person)
    sent()
    post(track=track, body="Two", actor=person)
    ChatRoom.objects.update(sent_at=timezone.now())
    assert send_changes(room_id=track.pk) is True
    assert ChatRoom.objects.get().sent_counter == 1


def test_waiting_message_its_approval_and_its_refusal(track, person, sent):
    change_room(track=track, approve_first=True, actor=person)
    sent()
    fresh = type(track).objects.select_related("chat_room").get(pk=track.pk)
    waiting, refused = (post(track=fresh, body=word, actor=person) for word in ("Good", "Bad"))
    moderation_desk.hide(message=refused, actor=person)
    assert sent() == []
    row = moderation_desk.approve(message=waiting, actor=person)
    state = OPEN | {"approve_first": True}
    assert sent() == [frame(track, 2, 1, [whole(row)], room=state)]


def test_reports_and_silences_are_told_to_nobody(track, person, sent):
    row = post(track=track, body="One", actor=person)
    sent()
    message_own.report(message=row, reason="Rude", actor=UserFactory())
    assert sent() == []


def test_switching_off_is_told_to_those_who_are_in_the_room(track, person, sent):
    post(track=track, body="One", actor=person)
    sent()
    switch_chat(event=track.event, is_on=False, actor=person)
    assert sent() == [frame(track, 2, 1, room=OPEN | {"is_on": False})]


def test_long_list_of_changes_goes_out_in_several_frames_without_a_hole(track, person, sent):
    room, member = ChatRoom.objects.create(pk=track.pk), ChatMember.objects.get()
    total = MOST_CHANGES + 5
    ChatMessage.objects.bulk_create(
        ChatMessage(room=room, author=member, body=str(number), number=number, changed=number)
        for number in range(1, total + 1)
    )
    ChatRoom.objects.update(counter=total)
    frames = [body for _ in range(3) for _group, body in sent()]
    assert [(one["revision"], one["body"]["after"]) for one in frames] == [(200, 0), (205, 200)]
    told = [message["number"] for one in frames for message in one["body"]["messages"]]
    assert told == list(range(1, total + 1))


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_tell_each_change_once():
    track = chat_track()
    post(track=track, body="One", actor=chatter(track, "波"))
    at_once(lambda: send_changes(room_id=track.pk), 4)
    room = ChatRoom.objects.get()
    assert (room.counter, room.sent_counter) == (1, 1)


def test_process_that_dies_before_it_has_told_leaves_it_to_the_next(track, person, sent):
    row = post(track=track, body="One", actor=person)
    dirty_rooms.take()
    assert rooms_behind() == [track.pk]
    assert sent() == [frame(track, 1, 0, [whole(row)])]
    assert rooms_behind() == []


def test_frame_that_was_lost_shows_by_the_count_that_is_told_afterwards(track, person, sent):
    post(track=track, body="One", actor=person)
    sent()
    now = timezone.now()
    ChatRoom.objects.update(sent_at=now - COUNT_EVERY)
    counted = (
        f"track.{track.pk}",
        {"kind": "message.counted", "revision": 1, "body": {"track_id": track.pk}},
    )

    def tell(room_id):
        ChatRoom.objects.update(sent_at=now - COUNT_EVERY)
        assert [tell_counts(), tell_counts()] == [1, 0]

    assert sent(tell) == [counted]


def test_nothing_leaves_before_the_commit(track, person, django_capture_on_commit_callbacks):
    dirty_rooms.take()
    with django_capture_on_commit_callbacks() as callbacks:
        post(track=track, body="One", actor=person)
        assert dirty_rooms.take() == set()
    for callback in callbacks:
        callback()
    assert dirty_rooms.take() == {track.pk}


def test_round_without_a_change_asks_nothing(django_assert_num_queries):
    import asyncio

    dirty_rooms.take()
    with django_assert_num_queries(0):
        asyncio.run(ChatCoalescer().look())


def test_frame_costs_the_same_for_one_message_and_for_many(track, person, django_assert_num_queries):
    for count in (1, 3):
        for number in range(count):
            row = post(track=track, body=str(number), actor=person)
            message_own.react(message=row, kind=Reaction.HEART, actor=person)
        ChatMember.objects.update(next_at=None)
        ChatRoom.objects.update(sent_at=None)
        with django_assert_num_queries(6):
            send_changes(room_id=track.pk)
