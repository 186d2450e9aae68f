"""Whether the next talk is ready, how late a track is, and what a screen reader hears: pure functions."""

FOLDER = "/js/streaming/console"
GETTEXT = """
    globalThis.gettext = (text) => text;
    globalThis.ngettext = (one, many, n) => (n === 1 ? one : many);
    globalThis.pgettext = (context, text) => text;
    globalThis.interpolate = (text, values) => text.replace(/%\\((\\w+)\\)s/g, (all, name) => values[name]);
"""


def call(in_browser, module, expression, *cases):
    """Evaluate an expression over `module` and the case's values, `given`."""
    script = f"""async (cases) => {{
        {GETTEXT}
        const module = await import("{FOLDER}/{module}.js");
        return cases.map((given) => {expression});
    }}"""
    return in_browser(script, list(cases))


def talk(**fields):
    row = {
        "talk_id": 2,
        "title": "Next",
        "is_published": True,
        "is_cancelled": False,
        "do_not_stream": False,
        "do_not_record": False,
        "is_let_through": False,
        "has_slides": True,
        "speakers": ["Ada"],
        "speakers_here": {"by": "Taro", "at": "13:05"},
    }
    return row | fields


def checks(in_browser, *cases):
    found = call(
        in_browser,
        "preflight",
        "module.preflight({health: given[1]}, given[0], (at) => at).map((one) => [one.key, one.level])",
        *cases,
    )
    return [{key: level for key, level in one if level != "ok"} for one in found]


HEALTHY = {"condition": "healthy"}


def test_only_what_stands_in_the_way_makes_a_talk_not_ready(in_browser):
    cases = [
        [talk(), HEALTHY],
        [talk(is_published=False), HEALTHY],
        [talk(is_cancelled=True), HEALTHY],
        [talk(speakers_here=None), HEALTHY],
        [talk(speakers=[], speakers_here=None), HEALTHY],
        [talk(has_slides=False, do_not_record=True), HEALTHY],
        [talk(do_not_stream=True), HEALTHY],
        [talk(do_not_stream=True, is_let_through=True), HEALTHY],
        [talk(), None],
        [talk(), {"condition": "no_picture"}],
        [talk(), {"condition": "unknown"}],
        [talk(), {"condition": "healthy", "bitrate_kbps": 0}],
    ]
    assert checks(in_browser, *cases) == [
        {},
        {"published": "bad"},
        {"published": "bad"},
        {"speakers": "bad"},
        {},
        {"slides": "warn", "recorded": "warn"},
        {"forbidden": "bad"},
        {"forbidden": "warn"},
        {"picture": "bad"},
        {"picture": "bad"},
        {"picture": "unk"},
        {"bitrate": "bad"},
    ]


def test_one_glance_says_ready_not_ready_or_as_far_as_is_known(in_browser):
    levels = [["ok", "warn"], ["ok", "unk"], ["bad", "unk"]]
    cases = [[{"level": level} for level in one] for one in levels]
    found = call(in_browser, "preflight", "module.verdict(given).word", *cases)
    assert found == ["Ready", "Ready, as far as is known", "Not ready"]


def test_drift_is_the_beginning_against_the_plan(in_browser):
    def on_air(since):
        return {
            "on_air": {"since": since, "starts_at": "2026-11-23T01:00:00Z", "ends_at": None},
            "next": None,
        }

    cases = [on_air("2026-11-23T01:02:10Z"), on_air("2026-11-23T00:58:00Z"), on_air("2026-11-23T01:00:59Z")]
    found = call(in_browser, "drift", "module.driftWord(given)", *cases)
    assert found == ["began 2:10 late", "began 2:00 early", None]


def test_only_what_others_did_is_said(in_browser):
    def state(revision, talk_id, card=None):
        shown = {"talk_id": talk_id, "title": "Now"}
        return {"tracks": [{"id": 1, "name": "A", "revision": revision, "on_air": shown, "card": card}]}

    cases = [
        [state(1, 1), state(2, 2), False],
        [state(1, 1), state(2, 2), True],
        [state(1, 1), state(2, 1, "technical"), False],
        [state(1, 1), state(1, 1), False],
    ]
    found = call(in_browser, "announcer", "module.changesHeard(given[0], given[1], () => given[2])", *cases)
    assert found == [["Track A: on air now: Now."], [], ["Track A: Technical card."], []]


def test_latency_says_what_was_measured_and_what_was_not(in_browser):
    presses = [
        None,
        {"answeredMs": 84, "announcedMs": 97, "age": 0},
        {"answeredMs": 84, "announcedMs": None, "age": 500},
        {"answeredMs": 84, "announcedMs": None, "age": 20_000},
    ]
    assert call(in_browser, "latency", "module.latencyLine(given)", *presses) == [
        "",
        "Answered after 84 ms・viewers told after 97 ms",
        "Answered after 84 ms・waiting for the announcement",
        "Answered after 84 ms・the announcement was not heard here; viewers ask by themselves within seconds",
    ]
