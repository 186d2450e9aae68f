"""What each frame does to what a viewer knows."""

import pytest


def track(track_id=1, revision=5, **changes):
    return {
        "id": track_id,
        "name": "ABC"[track_id - 1],
        "revision": revision,
        "on_air": {"talk_id": 12, "title": "First", "speakers": ["Ai"]},
        "card": None,
        "playback": {"kind": "hls", "url": "/a.m3u8", "low_latency": False},
        "next": {"talk_id": 13, "title": "Second"},
        "viewers": 8,
        **changes,
    }


def document(revision=40, tracks=None, **changes):
    return {
        "event": "conf",
        "revision": revision,
        "server_time": "2026-11-23T01:00:00.000Z",
        "phase": "open",
        "tracks": tracks or [track(1), track(2)],
        "announcement": None,
        **changes,
    }


def frame(kind, revision, body=None):
    return {"kind": kind, "revision": revision, "body": body}


SECOND = {"talk_id": 13, "title": "Second", "speakers": []}
flip = frame("on_air.changed", 41, track(1, 6, on_air=SECOND, viewers=None))
NOTICE = {"id": 3, "level": "notice", "text": {"ja": "昼食", "en": "Lunch"}}


def seen(
    *, revision=40, gap=False, talks=(12, 12), viewers=(8, 8), revisions=(5, 5), phase="open", notice=None
):
    return [revision, gap, list(talks), list(viewers), list(revisions), phase, notice]


CASES = {
    "a flip changes its own track only": ([flip], seen(revision=41, talks=(13, 12), revisions=(6, 5))),
    "the same frame twice changes nothing more": (
        [flip, flip],
        seen(revision=41, talks=(13, 12), revisions=(6, 5)),
    ),
    "an older frame is ignored": ([frame("on_air.changed", 39, track(1, 4, on_air=SECOND))], seen()),
    "an older frame with a newer track is applied": (
        [frame("on_air.changed", 40, track(1, 6, on_air=SECOND, viewers=None))],
        seen(talks=(13, 12), revisions=(6, 5)),
    ),
    "a newer frame with an older track keeps the track": (
        [frame("on_air.changed", 41, track(1, 4, on_air=SECOND))],
        seen(revision=41),
    ),
    "a jump is a gap, and the frame is applied": (
        [frame("on_air.changed", 43, track(1, 6, on_air=SECOND))],
        seen(revision=43, gap=True, talks=(13, 12), revisions=(6, 5)),
    ),
    "a gap stays until the document comes": (
        [frame("on_air.changed", 43, track(1, 6, on_air=SECOND)), frame("announcement.changed", 44, NOTICE)],
        seen(revision=44, gap=True, talks=(13, 12), revisions=(6, 5), notice=3),
    ),
    "the document closes a gap": (
        [
            frame("on_air.changed", 43, track(1, 6)),
            frame("live.snapshot", 43, document(43, [track(1, 6), track(2, 6)])),
        ],
        seen(revision=43, revisions=(6, 6)),
    ),
    "a document from a cache does not close a gap": (
        [frame("on_air.changed", 43, track(1, 6)), frame("live.snapshot", 42, document(42))],
        seen(revision=43, gap=True, revisions=(6, 5)),
    ),
    "a second snapshot replaces everything but the counts": (
        [
            frame(
                "live.snapshot",
                50,
                document(50, [track(1, 9, on_air=None, viewers=None), track(2, 5)], phase="after"),
            )
        ],
        seen(revision=50, talks=(None, 12), revisions=(9, 5), phase="after"),
    ),
    "an older snapshot does not turn time back": (
        [flip, frame("live.snapshot", 40, document())],
        seen(revision=41, talks=(13, 12), revisions=(6, 5)),
    ),
    "an older snapshot still brings a newer track": (
        [frame("live.snapshot", 39, document(39, [track(1, 5), track(2, 8, on_air=SECOND, viewers=None)]))],
        seen(talks=(12, 13), revisions=(5, 8)),
    ),
    "a newer snapshot does not undo a faster track": (
        [
            frame("on_air.changed", 40, track(1, 7, on_air=SECOND)),
            frame("live.snapshot", 41, document(41)),
        ],
        seen(revision=41, talks=(13, 12), revisions=(7, 5)),
    ),
    "a new address of a stream keeps the count of viewers": (
        [frame("stream.changed", 41, track(2, 5, viewers=None))],
        seen(revision=41),
    ),
    "counts change numbers and no revision": (
        [frame("viewers.counted", 40, {"tracks": {"1": 9}})],
        seen(viewers=(9, 0)),
    ),
    "counts that nobody knows": (
        [frame("viewers.counted", 40, {"tracks": None})],
        seen(viewers=(None, None)),
    ),
    "a count with a higher revision shows a lost frame": (
        [frame("viewers.counted", 41, {"tracks": {"1": 8, "2": 8}})],
        seen(gap=True),
    ),
    "the frame that was only late closes it again": (
        [frame("viewers.counted", 41, {"tracks": {"1": 8, "2": 8}}), flip],
        seen(revision=41, talks=(13, 12), revisions=(6, 5)),
    ),
    "an announcement is shown": (
        [frame("announcement.changed", 41, NOTICE)],
        seen(revision=41, notice=3),
    ),
    "an announcement is withdrawn": (
        [frame("announcement.changed", 41, NOTICE), frame("announcement.changed", 42, None)],
        seen(revision=42),
    ),
    "an older announcement is ignored": ([frame("announcement.changed", 40, NOTICE)], seen()),
    "an unknown kind is a gap": ([frame("stamp.granted", 41, {})], seen(gap=True)),
    "an unknown kind from the past is nothing": ([frame("stamp.granted", 40, {})], seen()),
    "questions have a count of their own": ([frame("question.asked", 900, {})], seen()),
    "a frame without a revision says nothing about the document": ([frame("reconnect", None, {})], seen()),
    "a track that was added appears": (
        [frame("on_air.changed", 41, track(3, 1))],
        seen(revision=41, talks=(12, 12, 12), viewers=(8, 8, 8), revisions=(5, 5, 1)),
    ),
}

SCRIPT = """async (cases) => {
  const { startState, applyFrame } = await import("/js/lib/state.js");
  return cases.map(([document, frames]) => {
    let answer = { state: startState(document), gap: false };
    for (const frame of frames) answer = applyFrame(answer.state, frame);
    const { state, gap } = answer;
    return [
      state.revision, gap, state.tracks.map((track) => track.on_air?.talk_id ?? null),
      state.tracks.map((track) => track.viewers), state.tracks.map((track) => track.revision), state.phase,
      state.announcement?.id ?? null,
    ];
  });
}"""


@pytest.fixture(scope="module")
def answers(in_browser):
    return dict(
        zip(CASES, in_browser(SCRIPT, [[document(), case[0]] for case in CASES.values()]), strict=True)
    )


@pytest.mark.parametrize("name", CASES)
def test_frames_leave_the_state_that_the_contract_names(answers, name):
    assert answers[name] == CASES[name][1]


def test_frames_never_change_a_state_in_place(in_browser):
    script = """async ([document, frames]) => {
      const { startState, applyFrame } = await import("/js/lib/state.js");
      const start = startState(document);
      const before = JSON.stringify(start);
      for (const frame of frames) applyFrame(start, frame);
      return before === JSON.stringify(start);
    }"""
    frames = [step for case, _ in CASES.values() for step in case]
    assert in_browser(script, [document(), frames]) is True


def test_a_changed_programme_reaches_on_air_next_and_rows(in_browser):
    script = """async ([document, programme, frame]) => {
      const { startState, applyFrame } = await import("/js/lib/state.js");
      const { state } = applyFrame(startState(document, programme), frame);
      return [state.tracks[0].on_air, state.tracks[0].next, state.programme];
    }"""
    rows = [{"talk_id": 12, "title": "First", "track": "A"}, {"talk_id": 14, "title": "Other", "track": "B"}]
    changes = [
        {"talk_id": 12, "title": "Corrected", "speakers": ["Ai", "Bo"]},
        {"talk_id": 13, "title": "Later", "speakers": []},
    ]
    body = frame("programme.changed", 41, {"talks": changes})
    assert in_browser(script, [document(), rows, body]) == [
        {"talk_id": 12, "title": "Corrected", "speakers": ["Ai", "Bo"]},
        {"talk_id": 13, "title": "Later"},
        [
            {"talk_id": 12, "title": "Corrected", "track": "A"},
            {"talk_id": 14, "title": "Other", "track": "B"},
        ],
    ]


def test_waits_are_spread_and_capped(in_browser):
    script = """async (cases) => {
      const { reconnectDelay, delayAfterClose, leaveDelay, pollDelay } = await import("/js/lib/socket.js");
      return [
        reconnectDelay(0, () => 1), reconnectDelay(3, () => 1), reconnectDelay(20, () => 1),
        reconnectDelay(20, () => 0),
        delayAfterClose(1012, 9, null, () => 1), delayAfterClose(1006, 1, null, () => 0.5),
        delayAfterClose(1012, 9, 3000), delayAfterClose(1012, 9, -20),
        leaveDelay(2000, () => 0), leaveDelay(2000, () => 1),
        pollDelay(() => 0), pollDelay(() => 1),
      ].map(Math.round);
    }"""
    assert in_browser(script, []) == [500, 4000, 30000, 0, 5000, 500, 3000, 0, 2000, 4000, 7000, 13000]


def test_viewer_who_is_sent_away_comes_back_once_after_the_wait_that_was_announced(in_browser):
    script = """async (cases) => {
      const dialled = [];
      window.WebSocket = class {
        constructor() { dialled.push(performance.now()); dialled.last = this; }
        close() {}
      };
      const { connectLive } = await import("/js/lib/socket.js");
      const live = connectLive({ event: "conf", meUrl: null });
      const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
      await wait(20);
      const told = performance.now();
      dialled.last.onopen();
      const frame = { kind: "reconnect", revision: null, body: { after_ms: 100 } };
      dialled.last.onmessage({ data: JSON.stringify(frame) });
      await wait(10);
      dialled.last.onclose({ code: 1012 });
      await wait(500);
      live.stop();
      return [dialled.length, dialled[1] - told >= 100];
    }"""
    assert in_browser(script, []) == [2, True]


def test_clock_trusts_the_newest_answer_that_was_not_cached(in_browser):
    script = """async (cases) => {
      const { createClock } = await import("/js/lib/clock.js");
      const read = (steps) => {
        const clock = createClock(() => 1000);
        for (const [name, moment] of steps) clock[name](moment);
        return clock.now();
      };
      return cases.map(read);
    }"""
    cases = [
        [],
        [["guessed", 5000]],
        [["guessed", 5000], ["guessed", 4000]],
        [["guessed", 9000], ["heard", 6000], ["heard", 5900]],
        [["heard", "nonsense"]],
    ]
    assert in_browser(script, cases) == [1000, 5000, 5000, 6000, 1000]


def test_staff_keep_the_picture_of_their_page_until_the_doors_open(in_browser):
    script = """async (cases) => {
      const { startState, applyFrame } = await import("/js/lib/state.js");
      return cases.map(([own, frames]) => {
        const step = (state, frame) => applyFrame(state, frame).state;
        return frames.reduce(step, startState(own)).tracks.map((track) => track.playback.url);
      });
    }"""
    nothing = {"kind": "none", "url": None, "low_latency": False}
    before = document(tracks=[track()], phase="before")
    outsiders = document(tracks=[track(playback=nothing)], phase="before")
    healed = frame("live.snapshot", 41, outsiders | {"revision": 41})
    pushed = frame("on_air.changed", 41, track(1, 6, playback=nothing))
    opened = frame("live.snapshot", 42, document(42, [track(1, 7, playback=nothing)]))
    cases = [
        [before, [healed]],
        [before, [pushed]],
        [outsiders, [healed, pushed]],
        [before, [pushed, opened]],
    ]
    assert in_browser(script, cases) == [["/a.m3u8"], ["/a.m3u8"], [None], [None]]
