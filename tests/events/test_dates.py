import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from events.templatetags.dates import days_until, zone_letters
from tests.factories.events import DayFactory, EventFactory, RegistrationFactory

TOKYO, BERLIN = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")
EVENING = dt.datetime(2026, 11, 22, 15, 20, tzinfo=dt.UTC)


def drawn(text):
    template = Template("{% load dates tz %}{% timezone zone %}" + text + "{% endtimezone %}")
    return template.render(Context({"at": EVENING, "zone": TOKYO}))


def test_day_of_a_moment_is_the_day_of_the_zone():
    with translation.override("en"):
        assert drawn("{{ at|short_day }}, {{ at|full_day }}") == "Mon 23 Nov, Monday, 23 November 2026"


@pytest.mark.parametrize(
    ("zone", "at", "letters"),
    [
        (TOKYO, EVENING, "JST"),
        (BERLIN, EVENING, "CET"),
        (BERLIN, dt.datetime(2026, 7, 1, tzinfo=dt.UTC), "CEST"),
    ],
)
def test_zone_has_the_letters_of_the_season(zone, at, letters):
    assert zone_letters(zone, at) == letters


def test_days_are_counted_in_the_events_zone():
    assert days_until(dt.date(2026, 11, 24), EVENING, TOKYO) == 1


@pytest.mark.parametrize(
    ("status", "days", "leads"), [("announced", 39, False), ("announced", 1, True), ("opened", 39, True)]
)
def test_header_leads_to_the_viewer_from_the_day_before(client, db, status, days, leads):
    event = EventFactory(slug="seaside", status=status)
    DayFactory(event=event, date=timezone.now().astimezone(event.zone).date() + dt.timedelta(days=days))
    page = client.get("/seaside/talks").content.decode()
    assert ('href="/seaside/ui"' in page, 'href="/seaside/registration"' in page) == (leads, not leads)


@pytest.mark.parametrize(("lang", "day"), [("en", "Friday, 2 January 2026"), ("ja", "2026年1月2日（金）")])
def test_day_of_agreement_is_written_out(client, db, lang, day):
    row = RegistrationFactory(event__slug="seaside", consented_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
    client.force_login(row.user)
    assert day in client.get("/seaside/registration", headers={"Accept-Language": lang}).content.decode()


def test_header_of_an_event_that_is_over_offers_neither(client, db):
    EventFactory(slug="seaside", status="closed")
    page = client.get("/seaside/talks").content.decode()
    assert [f'href="/seaside/{way}"' in page for way in ("ui", "registration")] == [False, False]
