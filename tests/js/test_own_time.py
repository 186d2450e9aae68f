"""The visitor's own time: compared at the talk's moment, with its day, and right after a second drawing."""

import pytest

SCRIPT = """async (cases) => {
    const { showOwnTime } = await import("/js/events/own_time.js");
    window.gettext = (text) => text;
    window.interpolate = (text, values) => text.replace("%s", values[0]);
    return cases.map(([zone, own, moment, drawings]) => {
        document.body.innerHTML = `<p data-own-zone></p><time datetime="${moment}">T</time>`;
        for (let n = 0; n < drawings; n += 1) showOwnTime(zone, "time", own);
        return [document.querySelector(".tt-local")?.textContent ?? null,
                document.querySelector("[data-own-zone]").textContent];
    });
}"""
SAME = "Your device shows the same time"
LISBON, ABIDJAN = "Europe/Lisbon", "Africa/Abidjan"

CASES = {
    "winter: both clocks agree": (LISBON, ABIDJAN, "2026-12-01T10:00:00+00:00", 1, [None, SAME]),
    "summer: they do not": (
        LISBON,
        ABIDJAN,
        "2026-07-01T10:00:00+01:00",
        1,
        ["09:00", "Your time (GMT) stands below"],
    ),
    "the day before": (
        "Asia/Tokyo",
        "America/New_York",
        "2026-11-26T10:00:00+09:00",
        1,
        ["Nov 25 20:00", "Your time (EST) stands below"],
    ),
    "the day after": (
        "America/New_York",
        "Asia/Tokyo",
        "2026-07-01T20:00:00-04:00",
        1,
        ["Jul 2 09:00", "Your time (GMT+9) stands below"],
    ),
    "a second drawing adds nothing": (
        "Asia/Tokyo",
        "Europe/Berlin",
        "2026-11-26T15:00:00+09:00",
        2,
        ["07:00", "Your time (GMT+1) stands below"],
    ),
}


@pytest.fixture(scope="module")
def drawn(in_browser):
    return dict(zip(CASES, in_browser(SCRIPT, [case[:4] for case in CASES.values()]), strict=True))


@pytest.mark.parametrize("case", CASES)
def test_own_time_beside_the_conferences(drawn, case):
    assert drawn[case] == CASES[case][4]


ALONE = """async () => {
    const { showOwnTime } = await import("/js/events/own_time.js");
    document.body.innerHTML = '<time datetime="2026-11-26T15:00:00+09:00">15:00</time>';
    showOwnTime("Asia/Tokyo", "time", "Europe/Berlin");
    return document.querySelector(".tt-local").textContent;
}"""


def test_own_time_names_its_zone_where_the_page_does_not(in_browser):
    assert in_browser(ALONE, []) == "07:00 GMT+1"
