"""What the control room says of the times of a switch."""

import pytest

WORDS = """async (cases) => {
  globalThis.gettext = (text) => text;
  globalThis.pgettext = (context, text) => text;
  globalThis.ngettext = (one, many, count) => (count === 1 ? one : many);
  globalThis.interpolate = (text, values) => text.replace(/%\\((\\w+)\\)s/g, (_, name) => values[name]);
  const words = await import("/js/streaming/console/switches.js");
  return cases.map((row) => [
    words.acceptedWord(row),
    words.pictureWord(row),
    words.seenWords(row),
    words.failureWord([row]),
  ]);
}"""


def row(**fields):
    given = {
        "revision": 18,
        "talk_id": 12,
        "card": None,
        "requested_at": "2026-11-23T01:00:00.000Z",
        "accepted_at": "2026-11-23T01:00:00.012Z",
        "mark": "no_picture",
        "written_at": None,
        "error": "",
        "fault": "",
        "fault_subject": "",
        "seen": None,
    }
    return given | fields


CASES = {
    "nothing known yet": (row(mark="waiting"), ["+12 ms", "not yet", ["no report"], ""]),
    "written and seen": (
        row(
            mark="written",
            written_at="2026-11-23T01:00:00.152Z",
            seen={"count": 48, "first_ms": 2988, "median_ms": 4088},
        ),
        ["+12 ms", "+152 ms", ["first +3.0 s", "half +4.1 s, of 48"], ""],
    ),
    "seen by one": (
        row(seen={"count": 1, "first_ms": 88, "median_ms": 88}),
        ["+12 ms", "no picture", ["first +100 ms", "half +100 ms, of 1"], ""],
    ),
    "a picture that takes no notes": (
        row(mark="not_supported"),
        ["+12 ms", "not supported", ["no report"], ""],
    ),
    "overtaken": (row(mark="superseded"), ["+12 ms", "overtaken", ["no report"], ""]),
    "refused": (
        row(mark="failed", error="AccessDenied", fault="permission", fault_subject="ivs:PutMetadata"),
        [
            "+12 ms",
            "failed",
            ["no report"],
            "#12 is not in the picture: the permission ivs:PutMetadata is missing.",
        ],
    ),
    "given up": (
        row(mark="failed", error="Rate exceeded", fault="other"),
        ["+12 ms", "failed", ["no report"], "#12 is not in the picture: Rate exceeded"],
    ),
    "of before the times were kept": (
        row(requested_at=None, mark=None),
        ["–", "–", ["no report"], ""],
    ),
    "clocks that differ": (
        row(requested_at="2026-11-23T01:00:00.020Z"),
        ["+0 ms", "no picture", ["no report"], ""],
    ),
}


@pytest.fixture(scope="module")
def results(in_browser):
    return dict(zip(CASES, in_browser(WORDS, [case for case, _ in CASES.values()]), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_the_words_say_what_is_known(results, name):
    assert results[name] == CASES[name][1]
