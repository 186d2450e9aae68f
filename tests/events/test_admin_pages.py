import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.enums import Role
from events.models import Announcement, ApiToken, Registration, RoleChange, RoleGrant, Track
from events.services.tokens import token_from_text
from tests.admin_pages import counters, drawn, page
from tests.admin_rows import organizer_of
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    AnnouncementFactory,
    EventFactory,
    RegistrationFactory,
    RoomFactory,
    TrackFactory,
)
from tests.factories.talks import TalkFactory


@pytest.fixture
def event(db):
    return EventFactory(slug="ours", accent="#0b6e75")


@pytest.fixture
def organizer(event, client):
    user = organizer_of(event)
    client.force_login(user)
    return user


@pytest.fixture
def other_event(db):
    return EventFactory(slug="theirs")


def edit(client, event, **fields):
    address = page("events_event_change", event.pk)
    return client.post(address, drawn(client, address) | fields)


def test_edit_of_the_frame_raises_the_revision_once(event, organizer, client):
    assert edit(client, event, name_ja="新しい名前").status_code == 302
    event.refresh_from_db()
    assert (event.name_ja, counters(event)) == ("新しい名前", (1, 0))


def test_saving_without_a_change_tells_nobody(event, organizer, client):
    assert edit(client, event).status_code == 302
    assert counters(event) == (0, 0)


def test_closing_the_doors_asks_again_who_may_watch(event, organizer, client):
    sent = drawn(client, page("events_event_change", event.pk))
    del sent["is_open_to_all"]
    assert client.post(page("events_event_change", event.pk), sent).status_code == 302
    assert counters(event) == (1, 1)


def test_status_and_switches_are_not_fields(event, organizer, client):
    edit(client, event, status="draft", takes_registrations="")
    event.refresh_from_db()
    assert (event.status, event.takes_registrations, counters(event)) == ("opened", True, (0, 0))


def test_accent_near_the_live_red_is_saved_with_a_warning(event, organizer, client):
    address = page("events_event_change", event.pk)
    answer = client.post(address, drawn(client, address) | {"accent": "#c4182c"}, follow=True)
    event.refresh_from_db()
    assert event.accent == "#c4182c"
    assert [message.level_tag for message in answer.context["messages"]] == ["warning", "success"]


def test_track_may_not_use_a_room_of_another_event(event, other_event, organizer, client):
    theirs = RoomFactory(event=other_event)
    sent = {"event": event.pk, "name": "X", "position": 1, "room": theirs.pk}
    assert client.post(page("events_track_add"), sent).status_code == 200
    assert not Track.objects.exists()


def test_nothing_can_be_added_to_another_event(event, other_event, organizer, client):
    sent = {"event": other_event.pk, "name": "X", "position": 1, "room": ""}
    assert client.post(page("events_track_add"), sent).status_code == 200
    assert not Track.objects.exists()


def test_organizer_of_two_events_may_not_mix_them(event, other_event, organizer, client):
    RoleGrant.objects.create(event=other_event, user=organizer, role=Role.ORGANIZER)
    sent = {"event": event.pk, "name": "X", "position": 1, "room": RoomFactory(event=other_event).pk}
    answer = client.post(page("events_track_add"), sent)
    assert list(answer.context["adminform"].form.errors) == ["room"]


def test_renamed_track_raises_the_revision(event, organizer, client):
    track = TrackFactory(event=event, name="A")
    address = page("events_track_change", track.pk)
    client.post(address, drawn(client, address) | {"name": "B"})
    track.refresh_from_db()
    assert (track.name, counters(event)) == ("B", (1, 0))


def test_track_with_talks_is_not_deleted_and_the_page_says_why(event, organizer, client):
    talk = TalkFactory(event=event, track=TrackFactory(event=event), title="残る講演")
    answer = client.post(page("events_track_delete", talk.track.pk), {"post": "yes"})
    assert answer.status_code == 200
    assert "残る講演" in answer.content.decode()
    assert Track.objects.filter(pk=talk.track.pk).exists()


def test_announcement_is_published_and_withdrawn(event, organizer, client):
    row = AnnouncementFactory(event=event)
    for action, is_shown, revision in (("publish", True, 1), ("publish", True, 1), ("withdraw", False, 2)):
        client.post(
            page("events_announcement_changelist"),
            {"action": action, "agreed": "1", "_selected_action": [row.pk]},
        )
        row.refresh_from_db()
        assert (row.is_shown, counters(event)[0]) == (is_shown, revision)
    assert row.author == organizer


def test_announcement_of_others_is_not_published(event, other_event, organizer, client):
    row = AnnouncementFactory(event=other_event)
    chosen = {"action": "publish", "agreed": "0", "_selected_action": [row.pk]}
    client.post(page("events_announcement_changelist"), chosen)
    row.refresh_from_db()
    assert row.is_shown is False


def test_shown_announcement_is_corrected_for_everybody(event, organizer, client):
    row = AnnouncementFactory(event=event, published_at=timezone.now())
    address = page("events_announcement_change", row.pk)
    client.post(address, drawn(client, address) | {"text_ja": "正しい文"})
    assert Announcement.objects.get().text_ja == "正しい文"
    assert counters(event) == (1, 0)


def test_role_is_given_by_address_and_logged(event, organizer, client):
    person = UserFactory(email="new@example.com")
    sent = {"event": event.pk, "email": "New@example.com", "role": "broadcaster"}
    assert client.post(page("events_rolegrant_add"), sent).status_code == 302
    assert RoleGrant.objects.filter(
        user=person, event=event, role="broadcaster", granted_by=organizer
    ).exists()
    assert RoleChange.objects.filter(user=person, is_granted=True, actor=organizer).count() == 1


def test_role_for_an_unknown_address_is_refused(event, organizer, client):
    answer = client.post(
        page("events_rolegrant_add"),
        {"event": event.pk, "email": "nobody@example.com", "role": "broadcaster"},
    )
    assert list(answer.context["adminform"].form.errors) == ["email"]


def test_role_in_another_event_is_refused(event, other_event, organizer, client):
    UserFactory(email="new@example.com")
    sent = {"event": other_event.pk, "email": "new@example.com", "role": "organizer"}
    assert client.post(page("events_rolegrant_add"), sent).status_code == 200
    assert not RoleGrant.objects.filter(event=other_event).exists()


@pytest.mark.parametrize("by", ["page", "action"])
def test_role_is_taken_away_and_logged(by, event, organizer, client):
    grant = RoleGrant.objects.create(event=event, user=UserFactory(), role=Role.BROADCASTER)
    chosen = {"action": "delete_selected", "_selected_action": [grant.pk], "post": "yes"}
    if by == "page":
        client.post(page("events_rolegrant_delete", grant.pk), {"post": "yes"})
    else:
        client.post(page("events_rolegrant_changelist"), chosen)
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()
    assert RoleChange.objects.filter(user=grant.user, is_granted=False, actor=organizer).count() == 1
    assert counters(event) == (0, 1)


@pytest.mark.parametrize("words", ["hanako@example", "花子"])
def test_registration_is_found_by_address_and_name(words, event, organizer, client):
    found = RegistrationFactory(event=event, user=UserFactory(email="hanako@example.com", name="花子"))
    RegistrationFactory(event=event)
    answer = client.get(page("events_registration_changelist"), {"q": words})
    assert list(answer.context["cl"].result_list) == [found]


def test_withdrawn_registration_asks_again_who_may_watch(event, organizer, client):
    row = RegistrationFactory(event=event)
    client.post(page("events_registration_delete", row.pk), {"post": "yes"})
    assert not Registration.objects.exists()
    assert counters(event) == (0, 1)


def test_token_is_shown_once_and_belongs_to_its_maker(event, organizer, client):
    sent = {"event": event.pk, "name": "OBS", "can_control": "on"}
    sent |= {"expires_at_0": "2030-01-01", "expires_at_1": "00:00:00"}
    answer = client.post(page("events_apitoken_add"), sent)
    token = token_from_text(answer.context["text"])
    assert (token.owner, token.event, token.name, token.can_control) == (organizer, event, "OBS", True)
    assert answer.context["text"] in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    later = client.get(page("events_apitoken_change", token.pk)).content.decode()
    assert (answer.context["text"] in later, token.digest in later) == (False, False)


def test_token_is_revoked(event, organizer, client):
    token = ApiToken.objects.create(
        event=event, owner=organizer, name="x", digest="d", expires_at=timezone.now()
    )
    client.post(
        page("events_apitoken_changelist"),
        {"action": "revoke", "agreed": "1", "_selected_action": [token.pk]},
    )
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_event_page_asks_as_often_for_three_tracks_as_for_one(event, organizer, client):
    counts = []
    for _ in range(2):
        TrackFactory(event=event)
        with CaptureQueriesContext(connection) as queries:
            client.get(page("events_event_change", event.pk))
        counts.append(len(queries))
        TrackFactory(event=event)
    assert counts[0] == counts[1]
