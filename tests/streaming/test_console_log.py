"""The control room's log: what was refused is in it, it can be narrowed, and it goes into a file."""

import csv
import io

import pytest

from streaming.enums import Source
from streaming.errors import OnAirRefused
from streaming.log_table import COLUMNS
from streaming.models import RefusedCommand
from streaming.selectors.control_room import control_room
from streaming.services.duty import go_on_duty, lock_track, note_speakers, take_over_lock
from tests.factories.accounts import UserFactory
from tests.factories.events import TrackFactory


@pytest.fixture
def staff(client, director):
    client.force_login(director)
    return client


@pytest.fixture
def history(track, event, make_talk, command, director):
    """A take, a refusal, somebody on duty, a tick, and a card on another track."""
    talk = make_talk(title="=SUM(A1)")
    command(track, "take", talk=talk, actor=director)
    with pytest.raises(OnAirRefused):
        command(track, "card", card="break", expected_revision=0, idempotency_key="late", actor=director)
    go_on_duty(track=track, actor=director)
    note_speakers(track=track, talk=talk, are_here=True, actor=director)
    other = TrackFactory(event=event, name="B", position=2)
    command(other, "card", card="break", actor=UserFactory(name="Hanako", email="hanako@example.com"))
    return talk, other


@pytest.fixture
def rows(staff, event):
    def ask(**wanted):
        return staff.get(f"/{event.slug}/console/log", wanted).json()["rows"]

    return ask


def test_refused_command_is_logged_with_both_revisions(track, history, director):
    row = RefusedCommand.objects.get()
    assert (row.code, row.command, row.card, row.actor) == ("stale", "card", "break", director)
    assert (row.expected_revision, row.present_revision, row.idempotency_key) == (0, 1, "late")


def test_repeated_refusal_is_logged_once(track, history, command):
    for _ in range(3):
        with pytest.raises(OnAirRefused):
            command(track, "card", card="break", expected_revision=0, idempotency_key="late")
    assert RefusedCommand.objects.count() == 1


def test_the_slate_is_not_logged_for_trying(track, make_talk, command):
    command(track, "take", talk=make_talk())
    with pytest.raises(OnAirRefused):
        command(track, "clear", expected_revision=0, source=Source.HEALTH)
    assert RefusedCommand.objects.count() == 0


def test_everything_is_there_newest_first(rows, history):
    assert [row["what"] for row in rows()] == ["card", "speaker_here", "on_duty", "refused", "take"]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("command", ["card", "take"]),
        ("refused", ["refused"]),
        ("duty", ["on_duty"]),
        ("preflight", ["speaker_here"]),
        ("automation", []),
        ("timetable", []),
    ],
)
def test_kind_narrows_it(rows, history, kind, found):
    assert [row["what"] for row in rows(kind=kind)] == found


def test_track_talk_and_person_narrow_it(rows, history, track):
    talk, other = history
    assert [row["what"] for row in rows(track=other.pk)] == ["card"]
    assert [row["what"] for row in rows(talk=talk.pk)] == ["speaker_here", "take"]
    assert [row["what"] for row in rows(actor="hanako")] == ["card"]
    assert rows(track=track.pk, actor="hanako") == []


def test_older_rows_follow(rows, history):
    newest, *older = rows()
    again = rows(before=older[0]["at"])
    assert newest not in again
    assert again[-len(older) :] == older


@pytest.mark.parametrize("wanted", [{"kind": "gossip"}, {"before": "yesterday"}, {"track": "A"}], ids=str)
def test_nonsense_is_422(staff, event, wanted):
    assert staff.get(f"/{event.slug}/console/log", wanted).status_code == 422


def file_of(staff, event, **wanted):
    answer = staff.get(f"/{event.slug}/console/log.csv", wanted)
    assert answer["Content-Disposition"] == 'attachment; filename="seaside-control-log.csv"'
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_file_has_all_rows_oldest_first_in_stable_columns(staff, event, history):
    lines = file_of(staff, event)
    assert list(lines[0]) == COLUMNS
    assert [line["command"] for line in lines] == ["take", "card", "on_duty", "speaker_here", "card"]


def test_file_tells_of_a_take(staff, event, history, director):
    talk, _ = history
    line = file_of(staff, event)[0]
    latency = line.pop("latency_ms")
    assert latency.isdigit()
    assert line.pop("at").endswith("Z")
    assert line.pop("key").startswith("key-")
    assert line == {
        "actor": director.display_name,
        "source": "console",
        "ip": "",
        "track": "A",
        "command": "take",
        "from": "waiting",
        "to": f"#{talk.pk} =SUM(A1)",
        "expected_revision": "0",
        "resulting_revision": "1",
        "result": "done",
    }


def test_file_tells_of_a_refusal(staff, event, history):
    line = file_of(staff, event, kind="refused")[0]
    told = {name: line[name] for name in ("result", "to", "expected_revision", "resulting_revision", "key")}
    assert told == {
        "result": "stale",
        "to": "break",
        "expected_revision": "0",
        "resulting_revision": "1",
        "key": "late",
    }


def test_nothing_in_the_file_is_a_formula(staff, event, track, director):
    take_over_lock(track=track, reason="=1+1", actor=director)
    assert file_of(staff, event)[0]["to"] == "'=1+1"


def test_whoever_takes_a_lock_over_says_why(staff, event, track):
    url = f"/{event.slug}/console/tracks/{track.pk}/duty"
    without = staff.post(url, {"step": "take_over"}, content_type="application/json")
    answer = staff.post(url, {"step": "take_over", "reason": "no answer"}, content_type="application/json")
    assert (without.status_code, answer.status_code) == (422, 200)


def test_takeover_and_its_reason_are_shown_to_the_others(event, track, director):
    owner = UserFactory(name="Owner")
    lock_track(track=track, actor=owner)
    take_over_lock(track=track, reason="no answer", actor=director)
    shown = control_room(event)["tracks"][0]["duty"]["taken_over"]
    assert (shown["by"], shown["from"], shown["from_id"], shown["reason"]) == (
        director.display_name,
        owner.display_name,
        owner.pk,
        "no answer",
    )
    lock_track(track=track, actor=director)
    go_on_duty(track=track, actor=director)
    assert control_room(event)["tracks"][0]["duty"]["taken_over"]["reason"] == "no answer"
