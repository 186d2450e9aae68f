"""From levels to flags on the monitor wall: js/streaming/wall/levels.js, its words and its head."""

GETTEXT = """
    globalThis.gettext = (text) => text;
    globalThis.interpolate = (text, values) => text.replace(/%\\((\\w+)\\)s/g, (all, name) => values[name]);
"""


def call(in_browser, module, name, *cases):
    script = f"""async (cases) => {{
        {GETTEXT}
        const module = await import("/js/streaming/wall/{module}.js");
        return cases.map((given) => module.{name}(...given) ?? null);
    }}"""
    return in_browser(script, list(cases))


FOLLOW = """async (cases) => {
    const { remember, faultsOf } = await import("/js/streaming/wall/levels.js");
    return cases.map((samples) => {
        let memory = {};
        samples.forEach((sample, second) => (memory = remember(memory, sample, second * 1000)));
        const now = (samples.length - 1) * 1000;
        return faultsOf(memory, now).map(({ word, level, since }) => [word, level, since]);
    });
}"""


def sample(**fields):
    return {"luma": 90, "peak": 200, "change": 30, "db": -20, "isStalled": False} | fields


def after(in_browser, *cases):
    """What is flagged after one sample a second."""
    return in_browser(FOLLOW, list(cases))


def test_good_picture_has_no_fault(in_browser):
    assert after(in_browser, [sample()] * 60) == [[]]


def test_each_fault_is_said_when_it_has_lasted(in_browser):
    cases = []
    for fields, seconds in [
        ({"luma": 3, "peak": 6}, 5),
        ({"change": 0}, 10),
        ({"db": -58}, 10),
        ({"isStalled": True}, 3),
    ]:
        cases += [[sample(**fields)] * seconds, [sample(**fields)] * (seconds + 1)]
    assert after(in_browser, *cases) == [
        [],
        [["black", "bad", 0]],
        [],
        [["frozen", "warn", 0]],
        [],
        [["silent", "warn", 0]],
        [],
        [["stalled", "bad", 0]],
    ]


def test_gap_begins_anew(in_browser):
    dark = sample(luma=0, peak=0)
    assert after(in_browser, [dark] * 5 + [sample()] + [dark] * 5, [sample()] + [dark] * 6) == [
        [],
        [["black", "bad", 1000]],
    ]


def test_what_nobody_can_tell_is_not_claimed(in_browser):
    unknown = sample(luma=None, change=None, db=None)
    assert after(in_browser, [unknown] * 60, [sample(db=-60)] * 9 + [unknown] * 9) == [[], []]


def test_dark_slide_with_letters_is_not_black(in_browser):
    assert after(in_browser, [sample(luma=8, peak=120)] * 30) == [[]]


def test_black_picture_is_not_called_frozen_too(in_browser):
    assert after(in_browser, [sample(luma=0, peak=0, change=0, db=-60)] * 30) == [
        [["black", "bad", 0], ["silent", "warn", 0]]
    ]


def test_standing_picture_is_neither_black_nor_frozen(in_browser):
    assert after(in_browser, [sample(luma=0, peak=0, change=0, isStalled=True)] * 30) == [
        [["stalled", "bad", 0]]
    ]


def test_worst_stands_first_then_the_longest(in_browser):
    flags = [
        {"level": "warn", "since": 1},
        {"level": "bad", "since": 9},
        {"level": "bad", "since": 5},
    ]
    (sorted_flags,) = call(in_browser, "levels", "byWeight", [flags])
    assert [flag["since"] for flag in sorted_flags] == [5, 9, 1]


def test_worst_of_flags(in_browser):
    warning, fault = {"level": "warn"}, {"level": "bad"}
    assert call(in_browser, "levels", "worstOf", [[]], [[warning]], [[warning, fault]]) == [
        None,
        "warn",
        "bad",
    ]


def test_levels_and_steps(in_browser):
    full, half, nothing = [1, -1], [0.5, -0.5], [0, 0]
    levels = call(in_browser, "levels", "decibels", [full], [half], [nothing])
    assert [round(level) for level in levels] == [0, -6, -60]
    assert call(in_browser, "levels", "stepsLit", [0], [-30], [-60], [None], [3]) == [20, 10, 0, 0, 20]


def test_change_is_the_largest_of_any_pixel(in_browser):
    cases = [[None, [1, 2]], [[1, 2], [1, 2]], [[1, 2, 3], [1, 90, 0]], [[1], [1, 2]]]
    assert call(in_browser, "levels", "changeOf", *cases) == [None, 0, 88, None]


def test_words(in_browser):
    assert call(in_browser, "words", "leftText", [2_867_000], [5_279_000], [-190_000]) == [
        "47:47",
        "1:27:59",
        "+03:10",
    ]
    flags = [{"word": "no_picture", "since": 1_000}, {"word": "silent", "since": 80_000}]
    assert call(in_browser, "words", "flagsText", [flags, 120_000]) == ["No signal 1:59・No sound 0:40"]


def test_next_change_names_the_tracks(in_browser):
    def track(mark, starts_at):
        return {"mark": mark, "next": {"starts_at": starts_at} if starts_at else None}

    early, late, past = "2026-11-23T05:00:00Z", "2026-11-23T06:00:00Z", "2026-11-23T01:00:00Z"
    now = 1_795_402_800_000  # 2026-11-23T03:00:00Z
    tracks = [track("A", early), track("B", late), track("C", early), track("D", None), track("E", past)]
    assert call(in_browser, "head", "nextChange", [tracks, now], [[track("D", None)], now]) == [
        {"at": now + 7_200_000, "marks": ["A", "C"]},
        None,
    ]
