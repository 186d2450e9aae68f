import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from events.templatetags.dates import days_until, zone_letters

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
