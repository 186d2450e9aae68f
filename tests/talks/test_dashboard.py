import datetime as dt

import pytest
from django.utils import timezone

from events.enums import Attendance
from events.models import Registration
from events.passes import pass_text, registration_of_pass
from talks.services.agenda import bookmark
from tests.factories.accounts import UserFactory
from tests.factories.events import AnnouncementFactory, EventFactory, RegistrationFactory
from tests.factories.talks import TalkFactory

LATER = dt.timedelta(hours=2)


@pytest.fixture
def event(db):
    return EventFactory(slug="harbour")


@pytest.fixture
def row(event):
    return RegistrationFactory(event=event)


@pytest.fixture
def me(client, row):
    client.force_login(row.user)
    return client


def page(me):
    return me.get("/harbour/dashboard", headers={"Accept-Language": "en"})


def shown(**fields):
    return AnnouncementFactory(published_at=timezone.now(), **fields)


def test_stranger_is_led_to_sign_in_and_back(client, event):
    response = client.get("/harbour/dashboard")
    assert response["Location"] == "/accounts/login/?next=/harbour/dashboard"


def test_unregistered_person_is_led_to_registration_and_back(client, event):
    client.force_login(UserFactory())
    response = client.get("/harbour/dashboard")
    assert response["Location"] == "/harbour/registration?next=%2Fharbour%2Fdashboard"


def test_page_is_kept_nowhere(me):
    assert "no-store" in page(me)["Cache-Control"]


def test_chosen_talks_stand_in_the_order_of_the_day(me, event, row):
    now = timezone.now()
    late = TalkFactory(event=event, starts_at=now + LATER, ends_at=now + 2 * LATER)
    early = TalkFactory(event=event)
    for talk in (late, early):
        bookmark(talk=talk, actor=row.user)
    assert [entry.talk for entry in page(me).context["entries"]] == [early, late]


def test_what_runs_now_comes_before_what_is_next(me, event, row):
    now = timezone.now()
    coming = TalkFactory(event=event, starts_at=now + LATER, ends_at=now + 2 * LATER)
    bookmark(talk=coming, actor=row.user)
    first = page(me).context["next_entry"].talk
    running = TalkFactory(event=event)
    bookmark(talk=running, actor=row.user)
    assert (first, page(me).context["next_entry"].talk) == (coming, running)


def test_talk_that_is_over_or_cancelled_is_not_next(me, event, row):
    now = timezone.now()
    for fields in ({"starts_at": now - 2 * LATER, "ends_at": now - LATER}, {}):
        talk = TalkFactory(event=event, **fields)
        bookmark(talk=talk, actor=row.user)
        talk.cancelled_at = now
        talk.save()
    assert page(me).context["next_entry"] is None


def test_empty_day_leads_to_the_timetable(me):
    assert "No talk chosen yet" in page(me).text


def test_overlap_is_said(me, event, row):
    talks = [TalkFactory(event=event, title=title) for title in ("One", "Two")]
    for talk in talks:
        bookmark(talk=talk, actor=row.user)
    assert page(me).text.count("At the same time:") == 2


def test_seat_is_said_on_site(me, event, row):
    Registration.objects.filter(pk=row.pk).update(attendance=Attendance.ON_SITE)
    talks = [TalkFactory(event=event), TalkFactory(event=event, seats=0)]
    bookmark(talk=talks[0], actor=row.user)
    bookmark(talk=talks[1], without_seat=True, actor=row.user)
    text = page(me).text
    assert ("Seat held" in text, f'data-seat="{talks[1].pk}"' in text) == (True, True)


def test_online_person_reads_nothing_about_seats(me, event, row):
    bookmark(talk=TalkFactory(event=event, seats=0), actor=row.user)
    text = page(me).text
    assert ("Seat held" in text, "No seat" in text, "data-seat" in text) == (False, False, False)


def test_waiting_person_reads_the_number(me, row):
    Registration.objects.filter(pk=row.pk).update(waiting_number=12)
    assert "as number 12" in page(me).text


def test_announcements_are_those_for_this_person(me, event):
    for_all = shown(event=event)
    online = shown(event=event, audience="online")
    shown(event=event, audience="on_site")
    shown(event=event, withdrawn_at=timezone.now())
    AnnouncementFactory(event=event)
    shown()
    assert list(page(me).context["announcements"]) == [online, for_all]


def test_pass_is_read_back(row):
    assert registration_of_pass(pass_text(row)) == row


@pytest.mark.parametrize("change", [lambda text: text[:-1], lambda text: f"0{text}", lambda text: ""])
def test_forged_pass_is_nobodys(row, change):
    assert registration_of_pass(change(pass_text(row))) is None


def test_pass_of_somebody_who_withdrew_is_nobodys(row):
    text = pass_text(row)
    row.delete()
    assert registration_of_pass(text) is None


def test_pass_names_neither_row_nor_person(row):
    assert row.user.email not in pass_text(row)


def test_code_stands_in_the_page_without_a_style(me):
    text = page(me).text
    assert ("<svg" in page(me).context["qr"], "style=" in text, "<script>" in text) == (True, False, False)


def test_calendar_links_lead_to_the_own_feed(me, client):
    calendar = page(me).context["calendar"]
    path = calendar["https"].removeprefix("http://testserver")
    assert calendar["webcal"] == f"webcal://testserver{path}"
    assert (calendar["webcal"].replace(":", "%3A").replace("/", "%2F") in calendar["google"]) is True
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_dashboard_takes_ten_queries(me, event, row, django_assert_num_queries, count):
    page(me)
    for _ in range(count):
        bookmark(talk=TalkFactory(event=event), actor=row.user)
        shown(event=event)
    with django_assert_num_queries(10):
        page(me)
