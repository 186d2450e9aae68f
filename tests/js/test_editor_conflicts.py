"""The page finds the conflicts that the server finds, by one table: js/talks/editor/conflicts.js."""

import json
from pathlib import Path

CASES = json.loads((Path(__file__).parents[1] / "talks/conflict_cases.json").read_text())
SCRIPT = """async (cases) => {
    const { findConflicts } = await import("/js/talks/editor/conflicts.js");
    const { placeOf } = await import("/js/talks/editor/places.js");
    return cases.map(({ talks, placement, ...frame }) => {
        const talk = talks.find(({ id }) => id === placement.talk_id);
        return findConflicts(frame, talks, talk, placeOf(placement));
    });
}"""


def test_every_case_of_the_table_has_its_conflicts(in_browser):
    found = in_browser(SCRIPT, CASES)
    told = {case["name"]: conflicts for case, conflicts in zip(CASES, found, strict=True)}
    assert told == {case["name"]: case["expected"] for case in CASES}
