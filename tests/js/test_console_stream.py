"""What the control room says of a stream: parts, what is wrong, which buttons have something to do."""

import pytest

SCRIPT = """async (cases) => {
  globalThis.gettext = (text) => text;
  globalThis.pgettext = (context, text) => text;
  globalThis.interpolate = (text, values) => text.replace(/%\\((\\w+)\\)s/g, (_, name) => values[name]);
  const words = await import("/js/streaming/console/stream_words.js");
  return cases.map(([name, ...values]) => words[name](...values));
}"""


def stream(**facts):
    given = {
        "gateway": "medialive",
        "desired": "ready",
        "observed": "stopped",
        "generation": 3,
        "is_latest": True,
        "error": "",
        "fault": None,
        "request_id": "",
        "watched": None,
    }
    return given | facts


def part(seen, is_asked=False):
    return {"part": "input", "seen": seen, "is_asked": is_asked}


MARKS = {
    "ready": ("done", False),
    "running": ("done", False),
    "making": ("making", False),
    "starting": ("making", False),
    "removing": ("making", False),
    "absent": ("missing", False),
    "broken": ("broken", False),
    "stale": ("stale", False),
}
PERMISSION = {"kind": "permission", "subject": "medialive:CreateInput"}
QUOTA = {"kind": "quota", "subject": "CreateChannel"}
UNSET = {"kind": "other", "subject": "DREAMKAST_ENCODER_ADDRESSES"}
TROUBLE = {
    "nothing": (stream(), None),
    "permission": (
        stream(observed="failed", error="AccessDenied", fault=PERMISSION, request_id="r-1"),
        (
            "The permission medialive:CreateInput is missing.",
            "Add it to the role that Dreamkast uses. Then press “Try again”.",
            "AccessDenied RequestId r-1",
        ),
    ),
    "permission while it runs on": (
        stream(observed="running", error="AccessDenied", fault=PERMISSION),
        (
            "The permission medialive:CreateInput is missing.",
            "Add it to the role that Dreamkast uses. It is tried again at 10:00:07.",
            "AccessDenied",
        ),
    ),
    "quota": (
        stream(observed="failed", error="Limit", fault=QUOTA),
        (
            "The quota for CreateChannel is used up.",
            "Delete what nobody needs, or ask AWS for more under Service Quotas. Then press “Try again”.",
            "Limit",
        ),
    ),
    "a setting": (
        stream(observed="failed", error="Nobody may push", fault=UNSET),
        (
            "DREAMKAST_ENCODER_ADDRESSES is not set.",
            "Set DREAMKAST_ENCODER_ADDRESSES in the environment first, and restart. Then press “Try again”.",
            "Nobody may push",
        ),
    ),
    "no answer": (
        stream(observed="unknown", error="Timeout"),
        ("Not there yet.", "It is tried again at 10:00:07.", "Timeout"),
    ),
}
STEPS = {
    "never made": (stream(generation=0, desired="absent", observed="unknown"), ["prepare", "start"]),
    "gone": (stream(desired="absent", observed="absent"), ["prepare", "start"]),
    "ready": (stream(), ["start", "delete"]),
    "running": (stream(desired="running", observed="running"), ["stop"]),
    "running with an end": (
        stream(desired="running", observed="running", watched={"stops_at": "2026-11-23T09:00:00Z"}),
        ["keep_running", "stop"],
    ),
    "given up while starting": (stream(desired="running", observed="failed"), ["look", "stop"]),
    "given up while removing": (
        stream(desired="absent", observed="failed"),
        ["prepare", "start", "look", "delete"],
    ),
    "being removed": (stream(desired="absent", observed="partial"), ["prepare", "start"]),
}


@pytest.fixture(scope="module")
def said(in_browser):
    cases = [["markOf", part(seen, asked)] for seen, (_, asked) in MARKS.items()]
    cases += [["troubleOf", given, "10:00:07"] for given, _ in TROUBLE.values()]
    cases += [["stepsOf", given] for given, _ in STEPS.values()]
    cases += [
        ["markOf", part("absent", True)],
        ["shortId", "arn:aws:ivs:tokyo:1:channel/AbC"],
        ["shortId", "42"],
    ]
    names = [*(f"mark of {seen}" for seen in MARKS), *TROUBLE, *STEPS, "asked", "arn", "number"]
    return dict(zip(names, in_browser(SCRIPT, cases), strict=True))


@pytest.mark.parametrize("seen", MARKS)
def test_every_state_of_a_part_has_a_mark(said, seen):
    assert said[f"mark of {seen}"] == MARKS[seen][0]


def test_what_was_asked_for_is_being_made(said):
    assert said["asked"] == "making"


@pytest.mark.parametrize("name", TROUBLE)
def test_what_is_wrong_is_said_with_what_to_do(said, name):
    expected = TROUBLE[name][1]
    assert said[name] == (expected and dict(zip(("what", "todo", "raw"), expected, strict=True)))


@pytest.mark.parametrize("name", STEPS)
def test_only_buttons_with_something_to_do_are_shown(said, name):
    assert [step for step, is_shown in said[name].items() if is_shown] == STEPS[name][1]


def test_a_long_id_of_the_cloud_is_shortened_to_its_end(said):
    assert (said["arn"], said["number"]) == ("channel/AbC", "42")


ALARM = """async (states) => {
  globalThis.gettext = (text) => text;
  globalThis.pgettext = (context, text) => text;
  globalThis.interpolate = (text, values) => text.replace(/%\\((\\w+)\\)s/g, (_, name) => values[name]);
  const box = document.createElement("div");
  box.innerHTML = "<b data-forgotten-what></b><span data-forgotten-so></span><button></button>";
  const { drawForgotten } = await import("/js/streaming/console/stream.js");
  return states.map((state) => {
    let shown = null;
    drawForgotten(box, state, (id) => (shown = id));
    box.querySelector("button").click();
    return [box.hidden, box.querySelector("b").textContent, shown];
  });
}"""


def lane(number, name, is_forgotten):
    watched = {"watched": {"is_forgotten": is_forgotten}} if is_forgotten is not None else None
    return {"id": number, "name": name, "stream": watched}


def test_the_alarm_names_the_tracks_that_run_for_nobody(in_browser):
    cost = {"an_hour": "4.10"}
    quiet = {"cost": cost, "tracks": [lane(1, "A", False), lane(2, "B", None)]}
    loud = {"cost": cost, "tracks": [lane(1, "A", False), lane(2, "B", True), lane(3, "C", True)]}
    seen = in_browser(ALARM, [quiet, loud])
    assert seen[0][0] is True
    assert seen[1] == [False, "Running outside the hours of the event: track B, C", 2]
