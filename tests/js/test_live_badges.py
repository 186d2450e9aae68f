"""Which talks carry a badge, and the time in another zone."""

import pytest


def track(number, talk_id, card=None):
    return {"id": number, "on_air": talk_id and {"talk_id": talk_id}, "card": card}


BADGES = {
    "a talk on air is live": ("open", [track(1, 7)], [[7], []]),
    "the technical card holds it": ("open", [track(1, 7, "technical")], [[], [7]]),
    "one track that shows the keynote is enough": (
        "open",
        [track(1, 7, "technical"), track(2, 7)],
        [[7], []],
    ),
    "a card alone is nothing": ("open", [track(1, None, "break")], [[], []]),
    "nothing is live after the event": ("after", [track(1, 7)], [[], []]),
}


@pytest.fixture(scope="module")
def badges(in_browser):
    script = """async (cases) => {
        const { talksOnAir } = await import("/js/events/live_badges.js");
        return cases.map(([phase, tracks]) => {
            const { live, held } = talksOnAir({ phase, tracks });
            return [[...live], [...held]];
        });
    }"""
    results = in_browser(script, [case[:2] for case in BADGES.values()])
    return dict(zip(BADGES, results, strict=True))


@pytest.mark.parametrize("case", BADGES)
def test_badges(badges, case):
    assert badges[case] == BADGES[case][2]


OWN_TIMES = {
    "the same clock needs no second time": ("Asia/Tokyo", "Asia/Seoul", "15:00"),
    "another clock stands below": ("Asia/Tokyo", "Europe/Berlin", "15:0007:00"),
    "half hours too": ("Asia/Tokyo", "Asia/Kolkata", "15:0011:30"),
    "a zone west of Greenwich too": ("Asia/Tokyo", "America/New_York", "15:0001:00"),
    "another day is named": ("Asia/Tokyo", "America/Los_Angeles", "15:00Nov 22 22:00"),
}


@pytest.fixture(scope="module")
def own_times(in_browser):
    script = """async (cases) => {
        const { showOwnTime } = await import("/js/events/own_time.js");
        window.gettext = (text) => text;
        window.interpolate = (text, values) => text.replace("%s", values[0]);
        return cases.map(([zone, own]) => {
            document.body.innerHTML =
                '<p data-own-zone></p><time datetime="2026-11-23T15:00:00+09:00">15:00</time>';
            showOwnTime(zone, "time", own);
            return document.querySelector("time").textContent;
        });
    }"""
    results = in_browser(script, [case[:2] for case in OWN_TIMES.values()])
    return dict(zip(OWN_TIMES, results, strict=True))


@pytest.mark.parametrize("case", OWN_TIMES)
def test_own_time(own_times, case):
    assert own_times[case] == OWN_TIMES[case][2]
