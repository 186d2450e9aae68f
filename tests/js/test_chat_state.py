"""What each frame and answer does to what a page knows of a room, and what becomes a link."""

import pytest

STATE = "/js/discussion/chat/room_state.js"
ROOM = {"is_on": True, "is_open": True, "slow_seconds": 0, "approve_first": False}
ME = {"signed_in": True, "can_write": True, "can_moderate": False, "member": 7, "name": "波"}


def message(number, **changes):
    return {
        "id": 100 + number,
        "number": number,
        "member": 7,
        "body": f"m{number}",
        "reply_to": None,
        "reactions": {},
    } | changes


def page(*numbers, revision=5, older=False):
    rows = [message(number) | {"my_reactions": []} for number in numbers]
    answer = {"revision": revision, "messages": rows, "has_older": older}
    return ["applyPage", answer | {"waiting": [], "room": ROOM, "me": ME}]


def frame(revision, after, messages=(), gone=(), kind="message.changed", track=1):
    body = {"track_id": track, "after": after, "room": ROOM, "messages": [*messages], "gone": [*gone]}
    return ["applyFrame", kind, revision, body]


RUN = """async (cases) => {
  const known = await import("%s");
  return cases.map((steps) => {
    let state = known.emptyRoom(1), gap = false;
    for (const [name, ...rest] of steps) {
      const answer = known[name](state, ...rest);
      state = name === "applyFrame" ? answer.state : answer;
      gap = name === "applyFrame" ? answer.gap : gap;
    }
    return {
      numbers: state.messages.map((row) => row.number ?? `w${row.id}`), revision: state.revision, gap,
      waiting: state.waiting.map((row) => row.id), older: state.hasOlder,
    };
  });
}"""

CASES = {
    "a frame adds at the end": ([page(1, 2), frame(6, 5, [message(6)])], [1, 2, 6], 6, False),
    "the same frame twice": ([page(1), *[frame(6, 5, [message(6)])] * 2], [1, 6], 6, False),
    "an older frame says nothing": ([page(1), frame(4, 3, [message(4)])], [1], 5, False),
    "a removed message vanishes": ([page(1, 2), frame(6, 5, gone=[102])], [1], 6, False),
    "a hole is applied and still asked for": ([page(1), frame(9, 7, [message(9)])], [1, 9], 5, True),
    "a count that is ahead is a hole": ([page(1), frame(6, 0, kind="message.counted")], [1], 5, True),
    "a count that is known is none": ([page(1), frame(5, 0, kind="message.counted")], [1], 5, False),
    "another room's frame is nothing": ([page(1), frame(6, 5, [message(6)], track=2)], [1], 5, False),
    "before the first page nothing counts": ([frame(6, 5, [message(6)])], [], 0, False),
    "a late answer does not take back": (
        [
            page(1),
            frame(7, 5, [message(7)]),
            ["applyChanges", {"revision": 6, "messages": [message(6)], "gone": []}],
        ],
        [1, 6, 7],
        7,
        False,
    ),
    "older pages stand above": (
        [page(51, 52, older=True), ["applyOwn", message(53)], ["applyOlder", page(49, 50)[1]]],
        [49, 50, 51, 52, 53],
        5,
        False,
    ),
    "a change of what is not on the page stays off it": (
        [page(51, 52, older=True), frame(6, 5, [message(3)])],
        [51, 52],
        6,
        False,
    ),
    "the page stays light": ([page(1, 2, 3), ["bounded", 2]], [2, 3], 5, False),
}


def test_what_each_step_does(in_browser):
    found = in_browser(RUN % STATE, [steps for steps, *_rest in CASES.values()])
    told = {
        name: (case["numbers"], case["revision"], case["gap"])
        for name, case in zip(CASES, found, strict=True)
    }
    assert told == {name: tuple(rest) for name, (_steps, *rest) in CASES.items()}


def test_own_message_waits_until_it_is_told(in_browser):
    waiting = ["applyOwn", message(0) | {"id": 9, "number": None, "state": "waiting", "name": "波"}]
    approved = frame(6, 5, [message(6, id=9)])
    found = in_browser(RUN % STATE, [[page(1), waiting], [page(1), waiting, approved]])
    assert [(case["numbers"], case["waiting"]) for case in found] == [([1], [9]), ([1, 6], [])]


LINKS = """async (texts) => {
  const { partsOf } = await import("/js/discussion/chat/links.js");
  return texts.map(partsOf);
}"""


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://x.test", "http://", "a < b", "データ:text/html"]
)
def test_what_is_no_web_address_stays_text(in_browser, text):
    assert in_browser(LINKS, [text]) == [[{"text": text}]]


def test_addresses_become_links_without_the_punctuation_around_them(in_browser):
    texts = ["See https://a.test/x?y=1, ok", "（https://a.test/）です", "http://a.test"]
    assert in_browser(LINKS, texts) == [
        [
            {"text": "See "},
            {"text": "https://a.test/x?y=1", "href": "https://a.test/x?y=1"},
            {"text": ", ok"},
        ],
        [{"text": "（"}, {"text": "https://a.test/", "href": "https://a.test/"}, {"text": "）です"}],
        [{"text": "http://a.test", "href": "http://a.test/"}],
    ]
