"""Every address of the site, asked by everybody. An address without an expectation fails."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from events.enums import EventStatus, Role, TextKind
from streaming.models import Override
from talks.discussion.models import ChatMessage, ChatRoom
from tests.factories.accounts import UserFactory
from tests.factories.chat import ChatMemberFactory, ChatSettingsFactory
from tests.factories.discussion import AnswerFactory, TalkQuestionFactory
from tests.factories.events import (
    AnnouncementFactory,
    EventFactory,
    EventLinkFactory,
    EventTextFactory,
    RegistrationFactory,
    RoleGrantFactory,
    SponsorFactory,
    SponsorTierFactory,
    TeamMemberFactory,
    TrackFactory,
)
from tests.factories.talks import SpeakerFactory, TalkFactory

STRANGER, OUTSIDER, ATTENDEE = "stranger", "outsider", "attendee"
STAFF = [role.value for role in (Role.RECEPTION, Role.MODERATOR, Role.BROADCASTER, Role.ORGANIZER)]
HERE = [STRANGER, OUTSIDER, ATTENDEE, *STAFF]
# Whoever is somebody at another event is nobody here.
ELSEWHERE = [f"{person} elsewhere" for person in (ATTENDEE, *STAFF)]
EVERYBODY = [*HERE, *ELSEWHERE]
DIRECTORS = ["broadcaster", "organizer"]
MODERATORS = ["moderator", *DIRECTORS]


@dataclass(frozen=True)
class Door:
    """What an address answers: `open` to those in `who`, else what strangers and others get."""

    open: int = 200
    who: list[str] = field(default_factory=lambda: EVERYBODY)
    strangers: int = 302
    others: int = 403
    method: str = "get"
    args: tuple[str, ...] = ()

    def expected(self, person: str) -> int:
        if person in ELSEWHERE:
            return self.expected(OUTSIDER)
        if person in self.who:
            return self.open
        return self.strangers if person == STRANGER else self.others


SIGNED_IN = [person for person in EVERYBODY if person != STRANGER]
WATCHERS = [ATTENDEE, *STAFF]
FOR_ALL, GONE_WHEN_IN = Door(), Door(who=[STRANGER], others=302)
EVENT, TALK, TRACK = ("event",), ("event", "talk"), ("event", "track")
QUESTION = ("talk", "question")
MESSAGE = ("event", "track", "message")
OWN = Door(who=SIGNED_IN)
# Steps of a longer way: whoever has not begun it is led to its beginning.
STEP = Door(who=[], others=302)
NOT_SET_UP = Door(who=[], others=404)
STEP_KEY = Door(who=[], others=302, args=("track",))

DOORS = {
    "livez": FOR_ALL,
    "readyz": FOR_ALL,
    # For machines: everybody here comes from the machine itself (tests/streaming/test_metrics.py).
    "metrics": FOR_ALL,
    "sitemap": FOR_ALL,
    "robots": FOR_ALL,
    "set_language": Door(open=302, method="post"),
    "javascript-catalog": FOR_ALL,
    "events:home": FOR_ALL,
    "events:landing": Door(args=EVENT),
    "events:sponsor_list": Door(args=EVENT),
    "events:sponsor": Door(args=("event", "sponsor")),
    "events:theme": Door(args=("event", "digest")),
    "events:conduct": Door(args=EVENT),
    "events:privacy": Door(args=EVENT),
    "events:access": Door(args=EVENT),
    "events:link_list": Door(args=EVENT),
    "events:team": Door(args=EVENT),
    "events:registration": Door(who=SIGNED_IN, args=EVENT),
    "events:registration_address": Door(422, SIGNED_IN, 401, args=EVENT),
    "talks:timetable": Door(args=EVENT),
    "talks:talk_list": Door(args=EVENT),
    "talks:talk": Door(args=TALK),
    # An address of yesterday leads to today's card.
    "talks:talk_card": Door(302, strangers=302, others=302, args=("event", "talk", "digest")),
    "talks:event_card": Door(302, strangers=302, others=302, args=("event", "language", "digest")),
    "talks:speaker_card": Door(
        302, strangers=302, others=302, args=("event", "speaker", "language", "digest")
    ),
    "talks:speaker_list": Door(args=EVENT),
    "talks:speaker": Door(args=("event", "speaker")),
    "talks:talk_calendar": Door(args=TALK),
    "talks:schedule_json": Door(args=EVENT),
    "talks:schedule_xml": Door(args=EVENT),
    "talks:schedule_ics": Door(args=EVENT),
    "talks:dashboard": Door(who=[ATTENDEE], others=302, args=EVENT),
    "talks:renew_calendar": Door(who=[], others=302, method="post", args=EVENT),
    "talks:my_calendar": Door(who=[], strangers=404, others=404, args=("event", "key")),
    "events:attendees": Door(args=EVENT),
    "events:profile_picture": Door(who=[], strangers=404, others=404, args=("event", "stream")),
    "events:public_profile": Door(who=[ATTENDEE], others=302, args=EVENT),
    "streaming:watch": Door(who=WATCHERS, others=302, args=EVENT),
    "streaming:local_hls": Door(who=[], strangers=404, others=404, args=("stream", "file")),
    "streaming:control_room": Door(who=DIRECTORS, args=EVENT),
    "streaming:control_room_state": Door(who=DIRECTORS, strangers=401, args=EVENT),
    "streaming:automation": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    "streaming:health": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    "streaming:inputs": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    "streaming:duty": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    # Without a text it empties the note.
    "streaming:note": Door(200, DIRECTORS, 401, method="post", args=TRACK),
    "streaming:stream": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    "streaming:gateway": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    "streaming:stream_key": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    "streaming:all_streams": Door(422, DIRECTORS, 401, method="post", args=EVENT),
    "streaming:console_log": Door(who=DIRECTORS, strangers=401, args=EVENT),
    "streaming:console_log_file": Door(who=DIRECTORS, args=EVENT),
    "streaming:shifts": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    "streaming:shift_preview": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    # The number is the track's: there is no such shift.
    "streaming:undo_shift": Door(409, DIRECTORS, 401, method="post", args=("event", "track", "track")),
    "streaming:speakers_here": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    "streaming:title": Door(422, DIRECTORS, 401, method="post", args=TALK),
    "streaming:ask_override": Door(422, DIRECTORS, 401, method="post", args=TALK),
    "streaming:override": Door(422, DIRECTORS, 401, method="post", args=("event", "override")),
    "streaming:recordings": Door(who=DIRECTORS, args=EVENT),
    "streaming:rehearsal": Door(who=DIRECTORS, args=EVENT),
    "streaming:wall": Door(who=DIRECTORS, args=EVENT),
    "streaming:wall_state": Door(who=DIRECTORS, strangers=401, args=EVENT),
    "streaming:make_wall_link": Door(422, DIRECTORS, 401, method="post", args=EVENT),
    # The number is the track's: there is no such link.
    "streaming:revoke_wall_link": Door(404, DIRECTORS, 401, method="post", args=TRACK),
    "streaming:recording": Door(404, DIRECTORS, method="post", args=TRACK),
    "streaming:announce": Door(422, DIRECTORS, 401, method="post", args=EVENT),
    "streaming:withdraw_announcement": Door(
        200, DIRECTORS, 401, method="post", args=("event", "announcement")
    ),
    "api:openapi-json": FOR_ALL,
    "api:openapi-view": FOR_ALL,
    "api:api-root": Door(who=[], strangers=404, others=404),
    "api:live": Door(who=WATCHERS, strangers=401, args=EVENT),
    "api:me": Door(args=EVENT),
    "api:commands": Door(422, DIRECTORS, 401, method="post", args=TRACK),
    "api:track_commands": Door(422, DIRECTORS, 401, method="post", args=("track",)),
    "api:event_shapes": FOR_ALL,
    "api:event_shape": Door(args=EVENT),
    # Without the name of an event there is nothing to say.
    "api:track_shapes": Door(422, strangers=422, others=422),
    "api:talk_shapes": Door(422, strangers=422, others=422),
    "api:track_shape": Door(args=("track",)),
    "api:seen": Door(422, WATCHERS, 401, method="post", args=TRACK),
    # No secret is set here; tests/streaming/test_aws_hook.py has one.
    "api:aws_hook": Door(who=[], strangers=404, others=404, method="post"),
    "api:agenda": Door(args=EVENT),
    "api:keep_agenda": Door(400, SIGNED_IN, 401, method="post", args=EVENT),
    "api:bookmark": Door(who=SIGNED_IN, strangers=401, method="put", args=TALK),
    "api:give_up": Door(who=SIGNED_IN, strangers=401, method="delete", args=TALK),
    "api:questions": Door(who=WATCHERS, strangers=401, args=TALK),
    "api:session_questions": Door(who=WATCHERS, strangers=401, args=("talk",)),
    "api:ask": Door(400, SIGNED_IN, 401, method="post", args=TALK),
    "api:session_ask": Door(400, SIGNED_IN, 401, method="post", args=("talk",)),
    "api:vote": Door(200, [ATTENDEE], 401, method="put", args=QUESTION),
    "api:toggle_vote": Door(200, [ATTENDEE], 401, method="post", args=QUESTION),
    "api:unvote": Door(200, [ATTENDEE], 401, method="delete", args=QUESTION),
    "api:desk": Door(422, SIGNED_IN, 401, method="patch", args=QUESTION),
    "api:merge_questions": Door(400, SIGNED_IN, 401, method="post", args=QUESTION),
    "api:answers": Door(who=WATCHERS, strangers=401, args=QUESTION),
    "api:answer": Door(400, SIGNED_IN, 401, method="post", args=QUESTION),
    "api:delete_answer": Door(204, MODERATORS, 401, method="delete", args=(*QUESTION, "answer")),
    # The last of them: it is gone then.
    "api:delete_question": Door(204, MODERATORS, 401, method="delete", args=QUESTION),
    "discussion:chat_desk": Door(who=MODERATORS, args=EVENT),
    "api:messages": Door(who=WATCHERS, strangers=401, args=TRACK),
    "api:post_message": Door(400, SIGNED_IN, 401, method="post", args=TRACK),
    "api:edit_message": Door(422, SIGNED_IN, 401, method="patch", args=MESSAGE),
    "api:delete_message": Door(who=[], strangers=401, method="delete", args=MESSAGE),
    "api:react": Door(422, SIGNED_IN, 401, method="put", args=(*MESSAGE, "reaction")),
    "api:unreact": Door(who=WATCHERS, strangers=401, method="delete", args=(*MESSAGE, "reaction")),
    "api:report_message": Door(400, SIGNED_IN, 401, method="post", args=MESSAGE),
    "api:moderate_message": Door(400, SIGNED_IN, 401, method="post", args=MESSAGE),
    "api:chat_desk": Door(who=MODERATORS, strangers=401, args=EVENT),
    "api:switch_chat": Door(422, SIGNED_IN, 401, method="patch", args=EVENT),
    "api:change_chat_room": Door(422, SIGNED_IN, 401, method="patch", args=TRACK),
    "api:silence": Door(400, SIGNED_IN, 401, method="post", args=EVENT),
    "api:lift_silence": Door(404, MODERATORS, 401, method="delete", args=("event", "track")),
    "accounts:profile": OWN,
    "events:own_links": OWN,
    # An unknown link is said to open nothing.
    "events:join": Door(404, args=("event", "key")),
    "accounts:second_factor": STEP,
    "accounts:guest": STEP,
    "accounts:privacy": OWN,
    "accounts:privacy_download": STEP,
    "accounts:privacy_erase": STEP,
    "accounts:erased": GONE_WHEN_IN,
    "mfa_list_webauthn": OWN,
    "mfa_add_webauthn": STEP,
    "mfa_reauthenticate_webauthn": STEP,
    "mfa_remove_webauthn": STEP_KEY,
    "mfa_edit_webauthn": STEP_KEY,
    "mfa_login_webauthn": Door(open=302),
    "account_login": GONE_WHEN_IN,
    "account_login_password": GONE_WHEN_IN,
    "account_signup": STEP,
    "account_request_login_code": STEP,
    "account_confirm_login_code": STEP,
    "account_email_verification_sent": STEP,
    "account_logout": OWN,
    "account_inactive": FOR_ALL,
    "account_email": OWN,
    "account_change_password": OWN,
    "account_set_password": STEP,
    "account_reset_password": FOR_ALL,
    "account_reset_password_done": FOR_ALL,
    "account_reset_password_from_key": Door(args=("person", "key")),
    "account_reset_password_from_key_done": FOR_ALL,
    "account_reauthenticate": OWN,
    "mfa_index": OWN,
    "mfa_authenticate": STEP,
    "mfa_reauthenticate": STEP,
    "mfa_activate_totp": STEP,
    "mfa_deactivate_totp": NOT_SET_UP,
    "mfa_generate_recovery_codes": STEP,
    "mfa_view_recovery_codes": NOT_SET_UP,
    "mfa_download_recovery_codes": NOT_SET_UP,
    "socialaccount_connections": OWN,
    # None is set up.
    "openid_connect_login": Door(who=[], strangers=404, others=404, args=("key",)),
    "openid_connect_callback": Door(who=[], strangers=404, others=404, args=("key",)),
    "github_login": Door(who=[], strangers=404, others=404),
    "github_callback": Door(who=[], strangers=404, others=404),
    "socialaccount_signup": STEP,
    "socialaccount_login_cancelled": FOR_ALL,
    "socialaccount_login_error": Door(401),
    "usersessions_list": OWN,
}


def names(patterns, namespace=""):
    """The names of all addresses; allauth keeps a few nameless ones, which only lead on to these."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}"
        elif getattr(pattern, "namespace", "admin") != "admin":  # tests/events/test_admin_scope.py walks it.
            yield from names(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace
            )


@pytest.fixture
def place(db):
    """A registered-only event on the day, and what the addresses need to name."""
    event = EventFactory(slug="harbour", status=EventStatus.OPENED, is_open_to_all=False)
    track = TrackFactory(event=event)
    talk, speaker = TalkFactory(event=event, track=track), SpeakerFactory(event=event)
    talk.speakers.add(speaker)
    for kind in TextKind:
        EventTextFactory(event=event, kind=kind)
    EventLinkFactory(event=event)
    TeamMemberFactory(event=event)
    question = TalkQuestionFactory(talk=talk)
    return {
        "event": event.slug,
        "track": track.pk,
        "talk": talk.pk,
        "announcement": AnnouncementFactory(event=event).pk,
        "override": asked_override(talk).pk,
        "question": question.pk,
        "answer": AnswerFactory(question=question).pk,
        "message": shown_message(track).pk,
        "reaction": "heart",
        "digest": event.theme_hash,
        "language": "ja",
        "sponsor": SponsorFactory(event=event, tier=SponsorTierFactory(event=event)).pk,
        "speaker": speaker.pk,
        "stream": str(uuid.uuid4()),
        "file": "master.m3u8",
        "person": "1",
        "key": "abc-def",
        "row": event,
    }


def asked_override(talk):
    in_time = timezone.now() + timedelta(minutes=30)
    return Override.objects.create(
        talk=talk, verb="air", reason="Agreed with the speaker", expires_at=in_time
    )


def shown_message(track):
    ChatSettingsFactory(event=track.event)
    member = ChatMemberFactory(event=track.event)
    room = ChatRoom.objects.create(track=track)
    return ChatMessage.objects.create(room=room, author=member, body="Hello", number=1)


def client_of(person, event):
    client = Client()
    if person == STRANGER:
        return client
    user = UserFactory()
    role, _, elsewhere = person.partition(" ")
    event = EventFactory(status=EventStatus.OPENED) if elsewhere else event
    if role == ATTENDEE:
        RegistrationFactory(event=event, user=user)
    elif role in STAFF:
        RoleGrantFactory(event=event, user=user, role=role)
    client.force_login(user)
    return client


def test_every_address_has_an_expectation():
    assert sorted(set(names(get_resolver().url_patterns)) - set(DOORS)) == []


@pytest.mark.parametrize("person", EVERYBODY)
def test_every_door_lets_in_whom_it_should(place, person):
    client = client_of(person, place["row"])
    answers = {name: knock(client, name, door, place) for name, door in DOORS.items()}
    assert answers == {name: door.expected(person) for name, door in DOORS.items()}


def knock(client, name, door, place):
    url = reverse(name, args=[place[argument] for argument in door.args])
    return getattr(client, door.method)(url).status_code
