"""What the control room says of a track's inputs and of the switches between them."""

import pytest

GLOBALS = """
  globalThis.gettext = (text) => text;
  globalThis.pgettext = (context, text) => text;
  globalThis.ngettext = (one, many, count) => (count === 1 ? one : many);
  globalThis.interpolate = (text, values) => text.replace(/%\\((\\w+)\\)s/g, (_, name) => values[name]);
"""
LINES = f"""async (cases) => {{{GLOBALS}
  const {{ activeLine }} = await import("/js/streaming/console/input_words.js");
  return cases.map((one) => activeLine(one, Date.parse("2026-11-23T01:00:10Z")));
}}"""
OUTCOMES = f"""async (cases) => {{{GLOBALS}
  const {{ outcome }} = await import("/js/streaming/console/input_words.js");
  return cases.map(outcome);
}}"""
PLANS = f"""async (cases) => {{{GLOBALS}
  const {{ planLine }} = await import("/js/streaming/console/input_words.js");
  return cases.map((one) => planLine(one, Date.parse("2026-11-23T01:00:10Z")));
}}"""
REFUSALS = f"""async (cases) => {{{GLOBALS}
  const {{ refusedWord }} = await import("/js/streaming/console/input_words.js");
  return cases.map((one) => refusedWord(one, (moment) => moment.slice(11, 19)));
}}"""
BUTTONS = f"""async (cases) => {{{GLOBALS}
  const {{ buttonState }} = await import("/js/streaming/console/inputs.js");
  return cases.map((one) => ["studio", "slate"].map((name) => buttonState(one, name)));
}}"""
TIMES = f"""async (cases) => {{{GLOBALS}
  const {{ localTime }} = await import("/js/streaming/console/inputs.js");
  return cases.map(([moment, zone]) => localTime(moment, zone));
}}"""


def inputs(**fields):
    given = {
        "names": ["studio", "slate"],
        "is_running": True,
        "active": "studio",
        "active_at": "2026-11-23T01:00:07.000Z",
        "recent": [],
    }
    return given | fields


def row(**fields):
    given = {
        "number": 3,
        "to": "slate",
        "at": None,
        "state": "asked",
        "fault": "",
        "requested_at": "2026-11-23T01:00:00.000Z",
        "accepted_at": None,
        "effective_at": None,
        "can_cancel_until": None,
    }
    return given | fields


ACCEPTED, SEEN = "2026-11-23T01:00:00.300Z", "2026-11-23T01:00:01.500Z"
AT = "2026-11-23T01:05:00.000Z"
NO_ANSWER = "No answer. Whether it was asked for shows below in a moment: look before you press again."


@pytest.mark.parametrize(
    ("script", "cases"),
    [
        (
            LINES,
            [
                (inputs(), "Active: Studio, as of 3 seconds ago."),
                (inputs(active=None), "MediaLive has not told yet which input is active."),
                (inputs(is_running=False), "The encoder does not run. It will begin with the studio."),
                (inputs(names=["studio"]), "This track has one input, the studio."),
            ],
        ),
        (
            OUTCOMES,
            [
                (row(), ["on its way", False]),
                (
                    row(state="accepted", accepted_at=ACCEPTED),
                    ["accepted +0.3 s・not seen active yet", False],
                ),
                (
                    row(state="effective", accepted_at=ACCEPTED, effective_at=SEEN),
                    ["accepted +0.3 s・seen active +1.5 s", False],
                ),
                (
                    row(state="passed", accepted_at=ACCEPTED),
                    ["accepted +0.3 s・a later one came before it was seen", False],
                ),
                (row(state="failed", fault="stopped"), ["failed: the encoder did not run", True]),
                (
                    row(state="effective", at=AT, accepted_at=ACCEPTED, effective_at=SEEN),
                    ["seen active", False],
                ),
                (row(state="cancelled", at=AT), ["cancelled", False]),
            ],
        ),
        (
            PLANS,
            [
                (row(at=AT, can_cancel_until=AT), "in 4:50・on its way to MediaLive"),
                (row(at=AT, state="accepted", can_cancel_until=AT), "in 4:50・MediaLive has it"),
                (row(at=AT, state="accepted"), "in 4:50・being cancelled"),
                (
                    row(at=AT, state="accepted", can_cancel_until=AT, fault="not_cancelled"),
                    "in 4:50・MediaLive has it・it was too late to cancel it",
                ),
                (
                    row(at="2026-11-23T01:00:00Z", state="accepted", can_cancel_until=AT),
                    "now due・MediaLive has it",
                ),
            ],
        ),
        (
            REFUSALS,
            [
                (
                    {"status": 409, "body": {"code": "too_soon", "offered": "2026-11-23T01:00:45.000Z"}},
                    "Too soon: MediaLive wants 15 seconds' notice. The earliest that works is 01:00:45.",
                ),
                ({"status": 409, "body": {"code": "locked", "owner": "Mio"}}, "Mio has locked this track."),
                ({"status": 403}, "You may no longer direct this event. Ask an organizer."),
                (
                    {},
                    NO_ANSWER,
                ),
            ],
        ),
        (
            BUTTONS,
            [
                (inputs(), ["active", "idle"]),
                (inputs(active="slate"), ["idle", "active"]),
                (inputs(is_running=False), ["off", "off"]),
                (inputs(recent=[row(state="accepted")]), ["idle", "pending"]),
                (inputs(active="slate", recent=[row(state="effective")]), ["idle", "active"]),
            ],
        ),
        (
            TIMES,
            [
                (["2026-11-23T01:00:45.000Z", "Asia/Tokyo"], "2026-11-23T10:00:45"),
                (["2026-11-23T23:30:00.000Z", "Europe/Berlin"], "2026-11-24T00:30:00"),
            ],
        ),
    ],
    ids=["active", "outcome", "plan", "refusal", "button", "time"],
)
def test_words(script, cases, in_browser):
    assert in_browser(script, [given for given, _ in cases]) == [expected for _, expected in cases]
