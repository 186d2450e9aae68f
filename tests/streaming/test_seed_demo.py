import itertools
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image

from accounts.models import User
from events.models import Event, RoleGrant, Sponsor, Track
from events.rules import can_open_admin, can_watch, is_registered
from streaming.demo import content, pictures, programme
from streaming.enums import Command, Source
from streaming.models import OnAir, Stream
from streaming.rules import can_direct
from streaming.services.demo.seeding import seed_demo
from streaming.services.on_air import run_command
from streaming.services.streams import request_stop
from talks.enums import TalkKind
from talks.models import Speaker, Talk

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 11, 23, 12, 10, tzinfo=TOKYO)


@pytest.fixture(scope="module")
def media_root(tmp_path_factory):
    """Drawing takes most of a second, so the tests share the pictures."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _demo_machine(settings, media_root):
    settings.DEMO, settings.MEDIA_ROOT = True, media_root


@pytest.fixture
def event(db):
    seed_demo(NOON)
    return Event.objects.get(slug="demo")


def on_air(event):
    return {
        row.track.name: row.talk
        for row in OnAir.objects.filter(track__event=event).select_related("track", "talk")
    }


def take(track, talk, source=Source.CONSOLE):
    revision = OnAir.objects.get(track=track).revision
    run_command(
        track=track,
        command=Command.TAKE,
        talk=talk,
        expected_revision=revision,
        idempotency_key="by hand",
        source=source,
        actor=None,
    )


def test_demo_is_an_open_event_of_two_days_and_three_tracks(event):
    assert (event.status, event.is_open_to_all, event.time_zone) == ("opened", True, "Asia/Tokyo")
    assert list(event.tracks.values_list("name", flat=True)) == ["A", "B", "C"]
    assert list(event.days.values_list("date", flat=True)) == [date(2026, 11, 23), date(2026, 11, 24)]


def test_demo_has_every_kind_of_talk_in_both_languages(event):
    assert set(event.talks.values_list("kind", flat=True)) == set(TalkKind.values)
    assert set(event.talks.exclude(kind="break").values_list("lang", flat=True)) == {"ja", "en"}
    assert event.talks.exclude(kind="break").count() == 104
    assert event.talks.filter(kind="keynote", is_for_all_tracks=True, track=None).count() == 2


def test_each_talk_but_the_breaks_has_a_speaker_and_an_abstract(event):
    assert not event.talks.exclude(kind="break").filter(talk_speakers=None).exists()
    assert not event.talks.exclude(kind="break").filter(abstract="").exists()


@pytest.mark.parametrize("minute", range(0, 24 * 60, 19))
def test_programme_has_a_talk_on_now_and_no_hole_for_the_next_day(minute):
    now = datetime(2026, 11, 23, tzinfo=TOKYO) + timedelta(minutes=minute)
    anchor = programme.anchor_at(now, TOKYO)
    start = anchor.starts_at(TOKYO)
    rows = list(programme.entries(content.lanes(), content.keynotes()))
    for lane in range(3):
        spans = sorted(
            (start + row.offset, start + row.offset + row.length, row.text is programme.PAUSE)
            for row in rows
            if row.lane in (lane, None)
        )
        assert [is_break for begins, ends, is_break in spans if begins <= now < ends] == [False]
        assert all(ends == begins for (_, ends, _), (begins, _, _) in itertools.pairwise(spans))
        assert spans[0][0] <= now
        assert spans[-1][1] >= now + timedelta(hours=23)


def test_nobody_speaks_in_two_places_at_once():
    rows = [row for row in programme.entries(content.lanes(), content.keynotes()) if row.text["people"]]
    places = [(row.offset, key) for row in rows for key in row.text["people"]]
    assert len(places) == len(set(places))


def test_both_languages_are_on_most_of_the_time():
    rows = [row for row in programme.entries(content.lanes(), content.keynotes()) if row.lane is not None]
    languages = {
        offset: {row.text["lang"] for row in rows if row.offset == offset}
        for offset in {r.offset for r in rows}
    }
    assert sum(len(both) == 2 for both in languages.values()) >= 0.8 * len(languages)


def test_current_talk_of_each_track_is_on_air_on_the_first_run(event):
    keynote = event.talks.get(kind="keynote", starts_at__lte=NOON, ends_at__gt=NOON)
    assert on_air(event) == {"A": keynote, "B": keynote, "C": keynote}


def test_second_run_changes_nothing(event):
    before = list(Talk.objects.values_list("pk", "starts_at", "title"))
    assert [line for line in seed_demo(NOON) if "nothing to change" not in line] == []
    assert list(Talk.objects.values_list("pk", "starts_at", "title")) == before
    assert (User.objects.count(), Speaker.objects.count(), Sponsor.objects.count()) == (4, 32, 9)


@pytest.mark.parametrize(
    "later", [timedelta(hours=1), timedelta(days=1, hours=5), timedelta(days=400, minutes=50)]
)
def test_later_start_moves_the_programme_to_the_present_and_keeps_the_rows(event, later):
    before = set(Talk.objects.values_list("pk", flat=True))
    now = NOON + later
    seed_demo(now)
    assert set(Talk.objects.values_list("pk", flat=True)) == before
    today = now.astimezone(TOKYO).date()
    assert list(event.days.values_list("date", flat=True)) == [today, today + timedelta(days=1)]
    assert all(talk.starts_at <= now < talk.ends_at for talk in on_air(event).values())


def test_later_start_keeps_a_corrected_title(event):
    talk = event.talks.filter(kind="talk").first()
    Talk.objects.filter(pk=talk.pk).update(title="直した題名")
    seed_demo(NOON + timedelta(days=3))
    talk.refresh_from_db()
    assert talk.title == "直した題名"


def test_later_start_leaves_alone_what_staff_put_on_air(event):
    track = Track.objects.get(event=event, name="B")
    chosen = event.talks.filter(track=track).last()
    take(track, chosen)
    lines = seed_demo(NOON + timedelta(hours=3))
    assert on_air(event)["B"] == chosen
    assert "Track B: left alone, because staff chose what it shows." in lines
    assert on_air(event)["A"].kind == "talk"


def test_later_start_leaves_alone_a_card_that_staff_showed(event):
    track = Track.objects.get(event=event, name="C")
    row = OnAir.objects.get(track=track)
    run_command(
        track=track,
        command="card",
        card="break",
        expected_revision=row.revision,
        idempotency_key="by hand",
        source=Source.CONSOLE,
        actor=None,
    )
    seed_demo(NOON + timedelta(hours=3))
    row.refresh_from_db()
    assert (row.talk, row.card) == (None, "break")


def test_each_track_asks_once_for_a_picture_of_this_machine(event):
    seed_demo(NOON + timedelta(days=1))
    wishes = Stream.objects.order_by("track__position").values_list(
        "track__name", "gateway", "desired", "generation"
    )
    assert list(wishes) == [(name, "local", "running", 1) for name in "ABC"]


def test_stream_that_staff_stopped_stays_stopped(event):
    stream = Stream.objects.first()
    request_stop(stream=stream, actor=None)
    seed_demo(NOON + timedelta(days=1))
    stream.refresh_from_db()
    assert stream.desired == "ready"


def test_each_role_has_a_verified_account_without_a_password(event):
    emails = [f"{role}@example.com" for role in ("attendee", "broadcaster", "organizer", "speaker")]
    assert list(User.objects.order_by("email").values_list("email", flat=True)) == emails
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == 4
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_each_account_may_do_what_its_role_says(event):
    people = {user.email.partition("@")[0]: user for user in User.objects.all()}
    assert {name for name, user in people.items() if can_open_admin(user)} == {"organizer"}
    assert {name for name, user in people.items() if can_direct(user, event)} == {"organizer", "broadcaster"}
    assert {name for name, user in people.items() if is_registered(user, event)} == {"attendee"}
    assert all(can_watch(user, event) for user in people.values())
    assert people["speaker"].speakers.get().talks.count() > 0


def test_withdrawn_role_comes_back_with_the_next_start(event):
    RoleGrant.objects.filter(role="organizer").delete()
    seed_demo(NOON)
    assert RoleGrant.objects.filter(role="organizer", user__email="organizer@example.com").count() == 1


def test_pictures_are_drawn_when_they_are_missing_and_only_then(event):
    avatar, logo = Speaker.objects.first().avatar, Sponsor.objects.first().logo
    with Image.open(avatar.path) as image:
        assert image.size == (320, 320)
    with Image.open(logo.path) as image:
        assert image.mode == "RGBA"
    default_storage.delete(logo.name)
    assert "Drew 1 pictures." in seed_demo(NOON)
    assert default_storage.exists(logo.name)


def test_the_same_name_always_gives_the_same_portrait():
    assert pictures.portrait("hamasaki") == pictures.portrait("hamasaki")
    assert pictures.portrait("hamasaki") != pictures.portrait("sakuma")


def test_seeding_a_running_demo_asks_little_of_the_database(event, django_assert_max_num_queries):
    with django_assert_max_num_queries(90):
        seed_demo(NOON + timedelta(days=1))


def test_command_prints_one_line_per_effect(db):
    out = StringIO()
    call_command("seed_demo", stdout=out)
    lines = out.getvalue().splitlines()
    assert "Made 32 speakers and 139 programme entries." in lines
    assert "organizer@example.com can sign in." in lines


def test_command_refuses_on_a_real_site(db, settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="only for DREAMKAST_DEBUG=1"):
        call_command("seed_demo")
    assert not Event.objects.exists()
