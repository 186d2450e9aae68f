"""The editor's clock arithmetic: js/talks/editor/times.js."""

MODULE = "/js/talks/editor/times.js"
FRAME = {"time_zone": "Asia/Tokyo", "day_starts": "09:00", "day_ends": "20:00", "days": ["2026-11-26"]}


def call(in_browser, expression, *cases):
    script = f"""async (cases) => {{
        const times = await import("{MODULE}");
        const at = (text) => Date.parse(text);
        const iso = (moment) => new Date(moment).toISOString();
        return cases.map((given) => {expression});
    }}"""
    return in_browser(script, list(cases))


def test_a_wall_time_is_a_moment_also_when_the_clocks_change(in_browser):
    cases = [
        ["Asia/Tokyo", "2026-11-26", 620],
        ["UTC", "2026-11-26", 620],
        ["Europe/Berlin", "2026-03-29", 60],
        ["Europe/Berlin", "2026-03-29", 240],
        ["Europe/Berlin", "2026-10-25", 240],
        ["Asia/Tokyo", "2026-11-26", 26 * 60],
    ]
    assert call(in_browser, "iso(times.momentOf(...given))", *cases) == [
        "2026-11-26T01:20:00.000Z",
        "2026-11-26T10:20:00.000Z",
        "2026-03-29T00:00:00.000Z",
        "2026-03-29T02:00:00.000Z",
        "2026-10-25T03:00:00.000Z",
        "2026-11-26T17:00:00.000Z",
    ]


def test_a_moment_is_shown_by_the_clocks_of_the_zone(in_browser):
    shown = call(
        in_browser,
        "times.clockText(given[0], at(given[1]))",
        ["Asia/Tokyo", "2026-11-26T15:00:00Z"],
        ["Asia/Kathmandu", "2026-11-26T00:00:00Z"],
        ["America/New_York", "2026-11-26T15:00:00Z"],
    )
    assert shown == ["00:00", "05:45", "10:00"]


def test_times_snap_to_the_nearest_five_minutes(in_browser):
    moments = [f"2026-11-26T01:{text}Z" for text in ("02:29", "02:30", "05:00", "57:30")]
    assert call(in_browser, "iso(times.snap(at(given))).slice(11, 16)", *moments) == [
        "01:00",
        "01:05",
        "01:05",
        "02:00",
    ]


def test_a_moment_belongs_to_the_day_of_the_zone_or_to_the_night_before(in_browser):
    night = FRAME | {"day_ends": "26:00"}
    days = call(
        in_browser,
        "times.dayOf(given[0], at(given[1]))",
        [FRAME, "2026-11-25T15:00:00Z"],
        [FRAME, "2026-11-25T14:59:00Z"],
        [FRAME, "2026-11-26T15:00:00Z"],
        [night, "2026-11-26T16:59:00Z"],
        [night, "2026-11-26T17:00:00Z"],
    )
    assert days == ["2026-11-26", None, None, "2026-11-26", None]


def test_the_ruler_has_the_full_hours_of_the_day(in_browser):
    hours = "times.hoursOf(given, times.spanOf(given, '2026-11-26'))"
    expression = f"{hours}.map((hour) => times.clockText(given.time_zone, hour))"
    short = FRAME | {"day_starts": "09:30", "day_ends": "12:00"}
    assert call(in_browser, expression, short) == [["10:00", "11:00", "12:00"]]
