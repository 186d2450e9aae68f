"""The timetable's arithmetic, without a database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from talks.timetable import NIGHT, Window, default_day, grid_of, rows_between, window_of

TOKYO, BERLIN = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")
FIRST, SECOND = date(2026, 11, 26), date(2026, 11, 27)


@dataclass
class Entry:
    starts_at: datetime
    ends_at: datetime
    track_id: int | None = 1
    is_for_all_tracks: bool = False
    is_break: bool = False


def tokyo(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO).astimezone(UTC)


def entry(day, hour, minute=0, *, minutes=40, **fields):
    starts_at = tokyo(day, hour, minute)
    return Entry(starts_at, starts_at + timedelta(minutes=minutes), **fields)


def grid(*talks, day=FIRST, columns=None):
    window = window_of(day, [FIRST, SECOND], TOKYO)
    return grid_of(talks, columns or {1: 1, 2: 2}, window, TOKYO)


def test_window_of_a_day_runs_from_midnight_to_midnight_of_the_events_zone():
    assert window_of(FIRST, [FIRST, SECOND], TOKYO) == Window(
        datetime(2026, 11, 25, 15, tzinfo=UTC), datetime(2026, 11, 26, 15, tzinfo=UTC)
    )


def test_window_of_the_last_day_keeps_its_night():
    window = window_of(SECOND, [FIRST, SECOND], TOKYO)
    assert window.ends_at == datetime(2026, 11, 27, 15, tzinfo=UTC) + NIGHT


def test_window_of_a_day_with_25_hours_is_25_hours_long():
    sunday = date(2026, 10, 25)
    window = window_of(sunday, [sunday, sunday + timedelta(days=1)], BERLIN)
    assert window.ends_at - window.starts_at == timedelta(hours=25)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 26, 14, 59, tzinfo=UTC), FIRST),
        (datetime(2026, 11, 26, 15, 0, tzinfo=UTC), SECOND),
        (datetime(2026, 11, 25, 15, 0, tzinfo=UTC), FIRST),
        (datetime(2026, 11, 20, 0, 0, tzinfo=UTC), FIRST),
        (datetime(2026, 12, 20, 0, 0, tzinfo=UTC), FIRST),
    ],
)
def test_default_day_is_today_in_the_events_zone_else_the_first(now, day):
    assert default_day([FIRST, SECOND], now, TOKYO) == day


def test_default_day_of_an_event_without_days_is_none():
    assert default_day([], datetime(2026, 11, 26, tzinfo=UTC), TOKYO) is None


def test_grid_starts_with_the_hour_of_the_first_talk():
    assert grid(entry(26, 10, 20)).starts_at == tokyo(26, 10)


def test_grid_of_an_empty_day_is_none():
    assert grid(entry(27, 10)) is None


def test_talk_stands_in_its_row_and_column_and_is_as_long_as_it_lasts():
    place = grid(entry(26, 10, 20, track_id=2)).places[0]
    assert (place.column, place.row, place.rows) == (2, 5, 8)


def test_length_that_is_no_multiple_of_five_minutes_is_rounded_up():
    assert grid(entry(26, 10, minutes=12)).places[0].rows == 3


def test_talk_for_all_tracks_has_no_column():
    assert grid(entry(26, 10, is_for_all_tracks=True)).places[0].column is None


@pytest.mark.parametrize(("minutes", "size"), [(20, "short"), (25, "mid"), (30, "mid"), (35, "")])
def test_size_of_a_cell_follows_its_length(minutes, size):
    assert grid(entry(26, 10, minutes=minutes)).places[0].size == size


def test_talk_over_midnight_is_cut_on_its_first_day():
    place = grid(entry(26, 23, 40)).places[0]
    assert (place.row, place.rows, place.began_before, place.goes_on) == (9, 4, False, True)


def test_talk_over_midnight_goes_on_at_the_top_of_the_second_day():
    place = grid(entry(26, 23, 40), day=SECOND).places[0]
    assert (place.row, place.rows, place.began_before, place.goes_on) == (1, 4, True, False)


def test_talk_that_ends_at_midnight_stands_on_one_day():
    talk = entry(26, 23, 20)
    assert (grid(talk).places[0].goes_on, grid(talk, day=SECOND)) == (False, None)


def test_whole_day_has_288_rows_and_24_hours():
    day = grid(entry(26, 0), entry(26, 23, 20))
    assert (day.rows, len(day.hours)) == (288, 24)


def test_hours_carry_their_rows_in_the_events_zone():
    hours = grid(entry(26, 10, 20, minutes=100)).hours
    assert [(hour.at.strftime("%H:%M"), hour.row) for hour in hours] == [("10:00", 1), ("11:00", 13)]


def test_talks_of_one_time_stand_together():
    starts = grid(entry(26, 10), entry(26, 11), entry(26, 10, track_id=2)).starts
    assert [(start.row, len(start.talks)) for start in starts] == [(1, 2), (13, 1)]


def test_break_of_all_tracks_is_a_pause_and_no_talk():
    start = grid(entry(26, 10, is_for_all_tracks=True, is_break=True, track_id=None)).starts[0]
    assert (len(start.pauses), len(start.talks)) == (1, 0)


def test_break_of_one_track_is_a_cell():
    start = grid(entry(26, 10, is_break=True)).starts[0]
    assert (len(start.pauses), len(start.talks)) == (0, 1)


@pytest.mark.parametrize(("minute", "row"), [(0, 1), (4, 1), (5, 2), (39, 8), (40, None)])
def test_row_of_now_is_counted_from_the_start_and_ends_with_the_day(minute, row):
    assert grid(entry(26, 10)).row_at(tokyo(26, 10, minute)) == row


def test_present_start_is_the_latest_that_is_not_after_now():
    day = grid(entry(26, 10), entry(26, 11))
    assert [day.start_at(tokyo(26, *at)) for at in [(10, 0), (10, 59), (11, 0), (9, 0)]] == [1, 1, 13, None]


def test_percent_stays_between_nothing_and_everything():
    day = grid(entry(26, 10, minutes=60))
    assert [day.percent_at(tokyo(26, *at)) for at in [(9, 0), (10, 15), (12, 0)]] == [0.0, 25.0, 100.0]


def test_rows_are_counted_in_real_time_over_the_end_of_summer_time():
    first = datetime(2026, 10, 25, 0, 0, tzinfo=BERLIN)
    assert rows_between(first, datetime(2026, 10, 25, 4, 0, tzinfo=BERLIN)) == 60
