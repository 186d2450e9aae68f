"""The words of a picture's health: the pure functions of js/streaming/console/health.js."""

import pytest

MODULE = "/js/streaming/console/health.js"
NOW = "2026-11-23T01:00:00.000Z"
GETTEXT = """
    globalThis.gettext = (text) => text;
    globalThis.ngettext = (one, many, n) => (n === 1 ? one : many);
    globalThis.pgettext = (context, text) => text;
    globalThis.interpolate = (text, values) => text.replace(/%\\((\\w+)\\)s/g, (all, name) => values[name]);
"""


def call(in_browser, name, *cases):
    script = f"""async (cases) => {{
        {GETTEXT}
        const module = await import("{MODULE}");
        return cases.map((given) => module.{name}(...given) ?? null);
    }}"""
    return in_browser(script, list(cases))


def health(condition="healthy", slate=None, **fields):
    own = {"is_automatic": False, "is_up": False, "lost_since": None} | (slate or {})
    told = {"error": "", "fault": "", "fault_subject": "", "seen_at": None, "viewers": None, "alerts": []}
    return {"condition": condition, "slate": own} | told | fields


def track(stream="running", card=None, on_air=True, **fields):
    running = {"observed": stream} if stream else None
    return {"stream": running, "card": card, "on_air": {"talk_id": 1} if on_air else None} | fields


def test_lamp_of_a_running_stream_is_its_health_else_its_state(in_browser):
    cases = [
        track(health=health()),
        track(health=health("no_picture")),
        track(health=health("starving")),
        track(health=health("unknown")),
        track(health=health("elsewhere")),
        track(stream="starting", health=health("no_picture")),
        track(stream=None, health=None),
    ]
    lamps = call(in_browser, "pathLamp", *([case] for case in cases))
    assert lamps == [
        ["ok", "", "healthy"],
        ["bad", "×", "no picture"],
        ["warn", "!", "starving"],
        ["unk", "?", "unknown"],
        ["ok", "", "running"],
        ["warn", "!", "starting"],
        ["unk", "–", "no stream"],
    ]


def test_unknown_says_its_age(in_browser):
    moment = f"new Date('{NOW}').getTime()"
    script = f"""async (cases) => {{
        {GETTEXT}
        const {{ healthLine }} = await import("{MODULE}");
        return cases.map((one) => healthLine(one, {moment}));
    }}"""
    cases = [
        health("unknown"),
        health("unknown", seen_at="2026-11-23T00:59:18.000Z"),
        health("off"),
    ]
    assert in_browser(script, cases) == [
        "Nothing has been heard of it yet.",
        "Last heard of 42 seconds ago.",
        "The stream is not running.",
    ]


def test_error_says_what_a_person_can_change(in_browser):
    cases = [
        health(),
        health(error="busy"),
        health(error="x", fault="permission", fault_subject="ivs:GetStream"),
    ]
    assert call(in_browser, "troubleLine", *([case] for case in cases)) == [
        "",
        "The service answered: busy",
        "The permission ivs:GetStream is missing.",
    ]


@pytest.mark.parametrize(
    ("given", "beginning"),
    [
        (track(health=health()), "Off:"),
        (track(health=health(slate={"is_up": True}), card="technical"), "Its card is up, and stays"),
        (track(health=health(slate={"is_automatic": True})), "When the picture is lost"),
        (
            track(health=health(slate={"is_automatic": True, "is_up": True}), card="technical"),
            "Its card is up. It is lifted",
        ),
        (track(health=health(slate={"is_automatic": True, "lost_since": NOW})), "Somebody acted"),
        (
            track(health=health(slate={"is_automatic": True, "lost_since": NOW}), on_air=False, card="break"),
            "When the picture is lost",
        ),
    ],
)
def test_what_the_slate_says(in_browser, given, beginning):
    assert call(in_browser, "slateLine", [given])[0].startswith(beginning)
