"""Where a talk goes by a key or a hand: js/talks/editor/places.js."""

MODULE = "/js/talks/editor/places.js"
DAY = "2026-11-26T"
TRACKS = [{"id": 1}, {"id": 2}, {"id": 3}]


def row(start, end, **fields):
    times = {"starts_at": start and f"{DAY}{start}:00Z", "ends_at": end and f"{DAY}{end}:00Z"}
    return {"id": 1, "track_id": 1, "room_id": None, "is_for_all_tracks": False, **times, **fields}


def call(in_browser, expression, *cases):
    script = f"""async (cases) => {{
        const places = await import("{MODULE}");
        const STEP = 300_000, HOUR = 3_600_000;
        const span = {{ starts: Date.parse("{DAY}00:00:00Z"), ends: Date.parse("{DAY}11:00:00Z") }};
        const clock = (moment) => new Date(moment).toISOString().slice(11, 16);
        const told = (place) => [place.track_id, clock(place.starts), clock(place.ends)];
        const of = places.placeOf;
        return cases.map((given) => {expression});
    }}"""
    return in_browser(script, list(cases))


def test_a_shift_keeps_the_length_and_stays_in_the_day(in_browser):
    assert call(
        in_browser,
        "told(places.shift(of(given[0]), given[1] * STEP, span))",
        [row("01:00", "01:40"), 1],
        [row("01:02", "01:42"), 1],
        [row("01:02", "01:42"), 12],
        [row("00:00", "00:40"), -1],
        [row("10:20", "11:00"), 12],
    ) == [
        [1, "01:05", "01:45"],
        [1, "01:05", "01:45"],
        [1, "02:02", "02:42"],
        [1, "00:00", "00:40"],
        [1, "10:20", "11:00"],
    ]


def test_a_talk_is_never_shorter_than_five_minutes_nor_longer_than_the_day(in_browser):
    assert call(
        in_browser,
        "told(places.stretch(of(given[0]), given[1] * STEP, span))",
        [row("01:00", "01:40"), 1],
        [row("01:00", "01:05"), -1],
        [row("10:20", "11:00"), 1],
    ) == [[1, "01:00", "01:45"], [1, "01:00", "01:05"], [1, "10:20", "11:00"]]


def test_the_neighbour_track_ends_at_the_last_and_loses_a_room_of_its_own(in_browser):
    beside = f"places.beside(of(given[0]), {TRACKS}, given[1], given[0])"
    expression = f"((place) => [place.track_id, place.room_id])({beside})"
    assert call(
        in_browser,
        expression,
        [row("01:00", "01:40", room_id=9), 1],
        [row("01:00", "01:40", room_id=9), -1],
        [row("01:00", "01:40", track_id=3), 1],
        [row("01:00", "01:40", track_id=None, is_for_all_tracks=True), 1],
    ) == [[2, None], [1, 9], [3, None], [None, None]]


def test_a_change_is_named_by_what_differs_from_the_published_place(in_browser):
    there = row("01:00", "01:40")
    assert call(
        in_browser,
        "places.changeOf(given)",
        there | {"published": there},
        there | {"published": None},
        row(None, None) | {"published": there},
        row("01:05", "01:45") | {"published": there},
        there | {"room_id": 3, "published": there},
        row(None, None) | {"published": None},
    ) == [None, "added", "removed", "moved", "room", None]


def test_talks_at_one_time_stand_side_by_side(in_browser):
    talks = [
        row("01:00", "02:00"),
        row("01:30", "02:30") | {"id": 2},
        row("02:00", "03:00") | {"id": 3},
        row("03:00", "04:00") | {"id": 4},
    ]
    (lanes,) = call(in_browser, "Object.fromEntries(places.lanesOf(given))", talks)
    assert {int(key): (lane["lane"], lane["lanes"]) for key, lane in lanes.items()} == {
        1: (0, 2),
        2: (1, 2),
        3: (0, 2),
        4: (0, 1),
    }


def test_the_first_free_time_is_behind_what_stands_in_the_way(in_browser):
    day = [row("00:00", "00:40"), row("01:00", "01:42"), row("00:40", "01:00", is_for_all_tracks=True)]
    full = [row("00:00", "10:30")]
    assert call(
        in_browser,
        "clock(places.firstFree(given[0], given[1], 40 * 60_000, span))",
        [day, 1],
        [day, 2],
        [full, 1],
    ) == ["01:45", "00:00", "00:00"]


def test_a_day_opens_at_now_else_at_its_first_talk_else_in_the_morning(in_browser):
    expression = """clock(places.openingMoment(
        { time_zone: "UTC" }, { date: "2026-11-26", ...span }, given[0], Date.parse(given[1])))"""
    before, now = "2026-11-20T00:00:00Z", f"{DAY}03:30:00Z"
    talks = [row("05:00", "05:40"), row("04:00", "04:40"), row(None, None)]
    cases = [[[], before], [[row(None, None)], before], [talks, before], [talks, now]]
    assert call(in_browser, expression, *cases) == ["09:00", "09:00", "04:00", "03:30"]
