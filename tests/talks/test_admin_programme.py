from datetime import UTC, datetime

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from streaming.enums import Source
from streaming.services.on_air import run_command
from talks.models import ProgrammeChange, Speaker, Talk, TalkSpeaker
from tests.admin_pages import counters, drawn, page
from tests.admin_rows import organizer_of
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory, EventFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory


@pytest.fixture
def event(db):
    return EventFactory(slug="ours", time_zone="Asia/Tokyo")


@pytest.fixture
def organizer(event, client):
    user = organizer_of(event)
    client.force_login(user)
    return user


@pytest.fixture
def talk(event):
    start, end = datetime(2026, 11, 23, 3, 0, tzinfo=UTC), datetime(2026, 11, 23, 3, 40, tzinfo=UTC)
    track = TrackFactory(event=event, name="A")
    return TalkFactory(event=event, title="前の題名", track=track, starts_at=start, ends_at=end)


def edit(client, talk, **fields):
    address = page("talks_talk_change", talk.pk)
    return client.post(address, drawn(client, address) | fields)


def changes():
    return list(ProgrammeChange.objects.order_by("field").values_list("field", "before", "after"))


def found(client, **query):
    return list(client.get(page("talks_talk_changelist"), query).context["cl"].result_list)


def test_edit_of_a_published_talk_is_kept_and_told(talk, organizer, client):
    assert edit(client, talk, title="次の題名").status_code == 302
    assert changes() == [("title", "前の題名", "次の題名")]
    assert ProgrammeChange.objects.get().actor == organizer
    assert counters(talk.event) == (1, 0)


def test_edit_of_a_draft_tells_nobody(talk, organizer, client):
    Talk.objects.update(is_published=False)
    edit(client, talk, title="次の題名")
    assert (changes(), counters(talk.event)) == ([], (0, 0))


def test_publishing_by_the_form_is_a_change(talk, organizer, client):
    Talk.objects.update(is_published=False)
    edit(client, talk, is_published="on")
    assert changes() == [("is_published", "False", "True")]
    assert counters(talk.event) == (1, 0)


def test_the_box_publishes_nothing_into_a_place_that_is_taken(talk, organizer, client):
    own = {"event": talk.event, "track": talk.track, "starts_at": talk.starts_at, "ends_at": talk.ends_at}
    second = TalkFactory(**own, is_published=False, title="二つ目")
    answer = edit(client, second, is_published="on", title="直した題名")
    assert answer.status_code == 200
    assert "is_published" in answer.context["adminform"].form.errors
    assert 'value="直した題名"' in answer.text
    assert not Talk.objects.get(pk=second.pk).is_published


def test_saving_without_a_change_tells_nobody(talk, organizer, client):
    assert edit(client, talk).status_code == 302
    assert (changes(), counters(talk.event)) == ([], (0, 0))


def test_new_speaker_of_a_published_talk_is_kept_and_told(talk, organizer, client):
    speaker = SpeakerFactory(event=talk.event, name_ja="海野 なぎ")
    rows = {"talk_speakers-TOTAL_FORMS": 1, "talk_speakers-0-speaker": speaker.pk}
    edit(client, talk, **rows, **{"talk_speakers-0-position": 1, "talk_speakers-0-talk": talk.pk})
    assert changes() == [("speakers", "", "海野 なぎ")]
    assert counters(talk.event) == (1, 0)


def test_speaker_of_another_event_is_refused(talk, organizer, client):
    theirs = SpeakerFactory()
    rows = {"talk_speakers-TOTAL_FORMS": 1, "talk_speakers-0-speaker": theirs.pk}
    assert edit(client, talk, **rows, **{"talk_speakers-0-position": 1}).status_code == 200
    assert not TalkSpeaker.objects.exists()


def test_form_leaves_time_and_track_to_the_timetable_editor(talk, organizer, client):
    before = (talk.starts_at, talk.track_id)
    start = {"starts_at_0": "2026-11-23", "starts_at_1": "10:00:00"}
    edit(client, talk, **start, ends_at_0="2026-11-23", ends_at_1="10:40:00", track=TrackFactory().pk)
    talk.refresh_from_db()
    assert (talk.starts_at, talk.track_id) == before


def test_form_leads_to_the_editor_and_to_the_plain_form(talk, organizer, client):
    html = client.get(page("talks_talk_change", talk.pk)).content.decode()
    assert page("talks_timetable", talk.event.slug) in html
    assert page("talks_timetable_form", talk.event.slug, talk.pk) in html


def test_times_are_shown_in_the_zone_of_the_event(talk, organizer, client):
    start, end = datetime(2026, 11, 22, 23, 5, tzinfo=UTC), datetime(2026, 11, 22, 23, 45, tzinfo=UTC)
    Talk.objects.update(starts_at=start, ends_at=end)
    html = client.get(page("talks_talk_change", talk.pk)).content.decode()
    assert "11/23 08:05–08:45" in html


def test_talk_on_air_is_not_deleted_and_the_page_says_why(talk, organizer, client):
    command = {"command": "take", "talk": talk, "expected_revision": 0, "idempotency_key": "k"}
    run_command(track=talk.track, source=Source.CONSOLE, actor=None, **command)
    answer = client.post(page("talks_talk_delete", talk.pk), {"post": "yes"})
    assert answer.status_code == 200
    assert answer.context["protected"] != []
    assert Talk.objects.filter(pk=talk.pk).exists()


def test_talk_with_a_change_log_can_be_deleted(talk, organizer, client):
    edit(client, talk, title="次の題名")
    assert client.post(page("talks_talk_delete", talk.pk), {"post": "yes"}).status_code == 302
    assert not Talk.objects.exists()
    assert counters(talk.event) == (2, 0)


@pytest.mark.parametrize(
    ("action", "before", "after"), [("publish", False, True), ("take_back", True, False)]
)
def test_action_changes_publication_once(action, before, after, talk, organizer, client):
    Talk.objects.update(is_published=before)
    for _ in range(2):
        answer = client.post(
            page("talks_talk_changelist"), {"action": action, "agreed": "1", "_selected_action": [talk.pk]}
        )
        assert len(list(get_messages(answer.wsgi_request))) > 0
    talk.refresh_from_db()
    assert talk.is_published is after
    assert changes() == [("is_published", str(before), str(after))]
    assert counters(talk.event) == (1, 0)


def test_action_reaches_no_talk_of_others(organizer, client):
    theirs = TalkFactory(is_published=False)
    chosen = {"action": "publish", "agreed": "0", "_selected_action": [theirs.pk]}
    client.post(page("talks_talk_changelist"), chosen)
    theirs.refresh_from_db()
    assert theirs.is_published is False


@pytest.mark.parametrize("words", ["前の", "海野", "Unno"])
def test_talk_is_found_by_title_and_speaker(words, talk, organizer, client):
    TalkFactory(event=talk.event, title="別の講演")
    speaker = SpeakerFactory(event=talk.event, name_ja="海野 なぎ", name_en="Nagi Unno")
    TalkSpeaker.objects.create(talk=talk, speaker=speaker)
    assert found(client, q=words) == [talk]


def test_talks_are_filtered_by_the_day_in_the_zone_of_the_event(talk, organizer, client):
    day = DayFactory(event=talk.event, date="2026-11-23")
    early = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    Talk.objects.filter(pk=talk.pk).update(starts_at=early, ends_at=early.replace(hour=16))
    late = TalkFactory(event=talk.event, track=talk.track)
    Talk.objects.filter(pk=late.pk).update(
        starts_at=early.replace(day=23), ends_at=early.replace(day=23, hour=16)
    )
    assert found(client, day=day.pk) == [talk]


def test_renamed_speaker_is_told_for_each_published_talk(talk, organizer, client):
    speaker = SpeakerFactory(event=talk.event, name_ja="前 なまえ")
    TalkSpeaker.objects.create(talk=talk, speaker=speaker)
    address = page("talks_speaker_change", speaker.pk)
    client.post(address, drawn(client, address) | {"name_ja": "次 なまえ"})
    assert changes() == [("speakers", "前 なまえ", "次 なまえ")]
    assert counters(talk.event) == (1, 0)


def test_speaker_is_linked_to_an_account_by_address(event, organizer, client):
    person, speaker = UserFactory(email="nagi@example.com"), SpeakerFactory(event=event)
    address = page("talks_speaker_change", speaker.pk)
    client.post(address, drawn(client, address) | {"account": "Nagi@example.com"})
    assert Speaker.objects.get().user == person


def test_account_of_another_speaker_is_refused(event, organizer, client):
    person = UserFactory(email="nagi@example.com")
    SpeakerFactory(event=event, user=person)
    speaker = SpeakerFactory(event=event)
    address = page("talks_speaker_change", speaker.pk)
    answer = client.post(address, drawn(client, address) | {"account": "nagi@example.com"})
    assert list(answer.context["adminform"].form.errors) == ["account"]


def test_speaker_keeps_the_account_when_something_else_is_edited(event, organizer, client):
    person = UserFactory(email="nagi@example.com")
    speaker = SpeakerFactory(event=event, user=person)
    address = page("talks_speaker_change", speaker.pk)
    client.post(address, drawn(client, address) | {"organisation": "灯台社"})
    speaker.refresh_from_db()
    assert (speaker.user, speaker.organisation) == (person, "灯台社")


def test_list_of_talks_asks_as_often_for_three_talks_with_speakers_as_for_one(event, organizer, client):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            talk = TalkFactory(event=event)
            for _ in range(number):
                TalkSpeaker.objects.create(talk=talk, speaker=SpeakerFactory(event=event))
        with CaptureQueriesContext(connection) as queries:
            client.get(page("talks_talk_changelist"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
