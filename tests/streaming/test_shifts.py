"""The control room shifts a track: viewers, automation and log follow, and it can be taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from streaming.live import revision_of
from streaming.models import Automation, Duty, OnAir, Shift
from streaming.selectors.control_room import control_room
from streaming.services.automation import arm, run_due
from streaming.services.duty import note_speakers
from talks.models import Talk
from tests.factories.accounts import UserFactory
from tests.factories.events import TrackFactory

FIVE = timedelta(minutes=5)


@pytest.fixture
def now():
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def talks(make_talk, now):
    """One that is on, and two that follow at once."""
    starts = [now - FIVE * 2, now + FIVE, now + FIVE * 4]
    return [make_talk(starts_at=at, ends_at=at + FIVE * 3, title=f"Talk {at}") for at in starts]


@pytest.fixture
def staff(client, director):
    client.force_login(director)
    return client


@pytest.fixture
def post(staff, event, track):
    def send(path, **body):
        url = f"/{event.slug}/console/tracks/{track.pk}/{path}"
        return staff.post(url, body, content_type="application/json", headers={"Accept-Language": "en"})

    return send


def asked(talk, **more):
    times = {"starts_at": talk.starts_at.isoformat(), "ends_at": talk.ends_at.isoformat()}
    return {"talk_id": talk.pk, "minutes": 5, "scope": "day", **times, **more}


def spans():
    return list(Talk.objects.order_by("pk").values_list("starts_at", "ends_at"))


def row(event, track):
    return next(one for one in control_room(event)["tracks"] if one["id"] == track.pk)


def test_preview_says_what_moves_and_changes_nothing(post, talks):
    before = spans()
    answer = post("shifts/preview", talk_id=talks[1].pk, minutes=5, scope="day")
    assert [move["talk_id"] for move in answer.json()["moves"]] == [talks[1].pk, talks[2].pk]
    assert (answer.json()["conflicts"], spans()) == ([], before)


def test_preview_names_what_is_in_the_way(post, talks):
    answer = post("shifts/preview", talk_id=talks[1].pk, minutes=5, scope="one").json()
    assert len(answer["conflicts"]) == 1
    assert talks[2].title in answer["conflicts"][0]


def test_talk_on_air_ends_later_and_the_others_begin_later(post, track, talks, command, event):
    command(track, "take", talk=talks[0])
    before = spans()
    counter = revision_of(event)
    assert post("shifts", **asked(talks[0])).status_code == 200
    first, *rest = before
    assert spans() == [
        (first[0], first[1] + FIVE),
        *[(starts + FIVE, ends + FIVE) for starts, ends in rest],
    ]
    assert revision_of(event) > counter
    assert OnAir.objects.get(track=track).talk == talks[0]


def test_same_press_twice_moves_once(post, talks):
    press = asked(talks[1])
    answers = [post("shifts", **press) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].json()["code"] == "stale"
    assert Shift.objects.count() == 1


def test_conflict_is_refused_with_its_sentence(post, talks):
    before = spans()
    answer = post("shifts", **asked(talks[1], scope="one"))
    assert (answer.status_code, answer.json()["code"], spans()) == (409, "conflict", before)
    assert len(answer.json()["conflicts"]) == 1


def test_armed_step_moves_with_its_talk_and_stays_armed(post, event, track, talks, director):
    arm(track=track, expected_revision=0, actor=director)
    post("shifts", **asked(talks[1]))
    assert run_due(event) == 0
    armed = Automation.objects.get()
    assert (armed.is_armed, armed.talk, armed.due_at) == (True, talks[1], talks[1].starts_at + FIVE)


def test_armed_track_elsewhere_is_left_alone(post, event, talks, make_talk, director, now):
    other = TrackFactory(event=event)
    make_talk(track=other, starts_at=now + FIVE, ends_at=now + FIVE * 2)
    arm(track=other, expected_revision=0, actor=director)
    post("shifts", **asked(talks[1]))
    assert (run_due(event), Automation.objects.get().due_at) == (0, now + FIVE)


def test_shift_of_all_tracks_moves_what_is_armed_elsewhere(post, event, talks, make_talk, director, now):
    other = TrackFactory(event=event)
    make_talk(track=other, starts_at=now + FIVE, ends_at=now + FIVE * 2)
    arm(track=other, expected_revision=0, actor=director)
    post("shifts", **asked(talks[1], scope="all"))
    assert (run_due(event), Automation.objects.get().due_at) == (0, now + FIVE * 2)


def test_break_for_all_tracks_says_how_it_moves(post, talks, make_talk):
    last = talks[2].ends_at
    make_talk(track=None, is_for_all_tracks=True, starts_at=last, ends_at=last + FIVE, title="Pause")
    answer = post("shifts/preview", talk_id=talks[2].pk, minutes=5, scope="day").json()
    assert answer["conflicts"][0].endswith("only a shift of all tracks moves it.")
    assert post("shifts/preview", talk_id=talks[2].pk, minutes=5, scope="all").json()["conflicts"] == []


def test_shift_is_shown_and_taken_back(post, event, track, talks, director):
    before = spans()
    number = post("shifts", **asked(talks[1])).json()["id"]
    shown = row(event, track)["shift"]
    assert (shown["id"], shown["minutes"], shown["talks"]) == (number, 5, 2)
    assert post(f"shifts/{number}/undo").status_code == 200
    assert (spans(), row(event, track)["shift"]) == (before, None)
    assert post(f"shifts/{number}/undo").json()["code"] == "nothing_to_undo"


def test_shift_is_not_taken_back_over_a_later_move(post, talks):
    number = post("shifts", **asked(talks[1])).json()["id"]
    Talk.objects.filter(pk=talks[2].pk).update(ends_at=talks[2].ends_at + FIVE * 4)
    before = spans()
    assert post(f"shifts/{number}/undo").json()["code"] == "stale"
    assert (spans(), Shift.objects.get().undone_at) == (before, None)


def test_lock_of_another_keeps_the_timetable(post, track, talks):
    Duty.objects.create(track=track, person=UserFactory(), locked_until=timezone.now() + FIVE)
    before = spans()
    assert post("shifts", **asked(talks[1])).json()["code"] == "locked"
    assert spans() == before


@pytest.mark.parametrize(
    "more",
    [
        {"minutes": 0},
        {"minutes": 121},
        {"scope": "everything"},
        {"starts_at": "soon"},
        {"ends_at": "2026-11-23"},
    ],
    ids=str,
)
def test_nonsense_is_422(post, talks, more):
    assert post("shifts", **asked(talks[1], **more)).status_code == 422


def test_talk_of_another_track_cannot_be_shifted(post, event, make_talk):
    other = make_talk(track=TrackFactory(event=event))
    assert post("shifts", **asked(other)).json()["code"] == "cannot_shift"


def test_log_tells_of_the_shift_and_of_its_end(post, event, talks, director):
    number = post("shifts", **asked(talks[1])).json()["id"]
    post(f"shifts/{number}/undo")
    newest = control_room(event)["log"][:2]
    assert [(one["what"], one["minutes"], one["who"]) for one in newest] == [
        ("unshifted", 5, director.display_name),
        ("shifted", 5, director.display_name),
    ]


# The speakers of a talk


def entry(event, track, talk):
    return next(one for one in row(event, track)["playlist"] if one["talk_id"] == talk.pk)


def test_speakers_are_ticked_and_the_tick_is_taken_back(post, event, track, talks, director):
    assert entry(event, track, talks[1])["speakers_here"] is None
    assert post("speakers", talk_id=talks[1].pk, are_here=True).status_code == 200
    assert entry(event, track, talks[1])["speakers_here"]["by"] == director.display_name
    post("speakers", talk_id=talks[1].pk, are_here=False)
    assert entry(event, track, talks[1])["speakers_here"] is None
    assert [one["what"] for one in control_room(event)["log"]] == ["speaker_away", "speaker_here"]


def test_speakers_of_another_track_are_404(post, event, make_talk):
    other = make_talk(track=TrackFactory(event=event))
    assert post("speakers", talk_id=other.pk, are_here=True).status_code == 404


def test_tick_of_a_talk_says_nothing_of_another(event, track, talks, director):
    note_speakers(track=track, talk=talks[1], are_here=True, actor=director)
    assert entry(event, track, talks[2])["speakers_here"] is None
