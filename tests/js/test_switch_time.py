"""When a viewer reads of a switch: with the picture, or at the announced time, and never later than that."""

import pytest

IVS = {"kind": "hls", "url": "https://ivs.example/a.m3u8", "low_latency": True}
SLOW = {"kind": "hls", "url": "/hls/a/master.m3u8", "low_latency": False}
YOUTUBE = {"kind": "youtube", "url": "https://www.youtube.com/watch?v=abc", "low_latency": True}

PLAY = """async (cases) => {
  const { follow, note, shownTrack, startShown } = await import("/js/streaming/switch_time.js");
  const steps = {
    follow: (shown, track, look) => follow(shown, track, look),
    note: (shown, mark, now) => note(shown, mark, now),
  };
  return cases.map(([first, ...acts]) => {
    let [shown, track] = [startShown(first), first];
    return acts.map(([name, what, how]) => {
      if (name === "follow") track = what;
      shown = steps[name](shown, what, how);
      const seen = shownTrack(shown, track);
      return [seen?.on_air?.title ?? seen?.card ?? null, shown.hold?.until ?? null];
    });
  });
}"""


def lane(revision, title=None, *, card=None, playback=IVS, id=1, next_title="Next"):
    talk = {"talk_id": ord(title), "title": title} if title else None
    return {
        "id": id,
        "revision": revision,
        "on_air": talk,
        "next": {"talk_id": 99, "title": next_title},
        "card": card,
        "playback": playback,
        "viewers": 5,
    }


def frame(now, track, *, latency=3000, plays=True):
    return ["follow", track, {"now": now, "byFrame": True, "isPlaying": plays, "latency": latency}]


def draw(now, track, *, plays=True):
    """Anything else that makes the page draw: a timer, a document, another track's frame."""
    return ["follow", track, {"now": now, "byFrame": False, "isPlaying": plays, "latency": 3000}]


def note(now, revision, track=1):
    return ["note", {"dreamkast": 1, "track": track, "revision": revision}, now]


A, B, C = lane(1, "A"), lane(2, "B"), lane(3, "C")
BACK = lane(3, "A")
A_SLOW, B_SLOW, C_SLOW = (lane(n + 1, title, playback=SLOW) for n, title in enumerate("ABC"))
OTHER = SLOW | {"url": "/hls/b/master.m3u8"}
B_OTHER, C_OTHER = lane(2, "B", playback=OTHER), lane(3, "C", playback=OTHER)
BREAK = lane(3, card="break")

# Each: the track at first, then steps with what is read after each and until when newer words wait.
CASES = {
    "with the note": (
        [A, frame(0, B), note(2500, 2), draw(2500, B)],
        [["A", 4000], ["A", 4000], ["B", None]],
    ),
    "without a note at the announced time": (
        [A, frame(0, B), draw(3999, B), draw(4000, B)],
        [["A", 4000], ["A", 4000], ["B", None]],
    ),
    "an unknown delay ends after eight seconds": (
        [A, frame(0, B, latency=None), draw(7999, B), draw(8000, B)],
        [["A", 8000], ["A", 8000], ["B", None]],
    ),
    "a long delay ends after eight seconds too": (
        [A, frame(0, B, latency=25_000), draw(8000, B)],
        [["A", 8000], ["B", None]],
    ),
    "an ordinary picture waits for nothing": ([A_SLOW, frame(0, B_SLOW)], [["B", None]]),
    "until a note was met in it": (
        [A_SLOW, note(0, 1), frame(10, B_SLOW), note(2000, 2), draw(2000, B_SLOW)],
        [["A", None], ["A", 4010], ["A", 4010], ["B", None]],
    ),
    "without a running picture nothing waits": ([A, frame(0, B, plays=False)], [["B", None]]),
    "a picture that stops ends the wait": (
        [A, frame(0, B), draw(10, B, plays=False)],
        [["A", 4000], ["B", None]],
    ),
    "another site's player waits for nothing": (
        [lane(1, "A", playback=YOUTUBE), frame(0, lane(2, "B", playback=YOUTUBE))],
        [["B", None]],
    ),
    "what a document brought is late already": ([A, draw(0, B)], [["B", None]]),
    "a document of the same state ends no wait": ([A, frame(0, B), draw(50, B)], [["A", 4000], ["A", 4000]]),
    "a newer document does": ([A, frame(0, B), draw(50, C)], [["A", 4000], ["C", None]]),
    "a card is shown at once": ([A, frame(0, lane(2, card="break"))], [["break", None]]),
    "a card ends a wait": ([A, frame(0, B), frame(500, BREAK)], [["A", 4000], ["break", None]]),
    "the technical card over the new talk ends it too": (
        [A, frame(0, B), frame(500, lane(3, "B", card="technical"))],
        [["A", 4000], ["B", None]],
    ),
    "a talk after a card is read at once": ([lane(1, card="waiting"), frame(0, B)], [["B", None]]),
    "a talk after the technical card too": ([lane(1, "A", card="technical"), frame(0, B)], [["B", None]]),
    "a newer switch takes the place of the waiting one": (
        [A, frame(0, B), frame(1000, C), note(2500, 2), draw(2500, C), note(3600, 3), draw(3600, C)],
        [["A", 4000], ["A", 5000], ["A", 5000], ["A", 5000], ["A", 5000], ["C", None]],
    ),
    "many switches wait no longer than one": (
        [A, frame(0, B, latency=6000), frame(5000, C, latency=6000), draw(8000, C)],
        [["A", 7000], ["A", 8000], ["C", None]],
    ),
    "a switch that is undone was never read": (
        [A, frame(0, B), frame(1000, BACK)],
        [["A", 4000], ["A", None]],
    ),
    "a note that is faster than the frame": ([A, note(0, 2), frame(40, B)], [["A", None], ["B", None]]),
    "an old note opens nothing": ([A, frame(0, B), note(10, 1), draw(10, B)], [["A", 4000]] * 3),
    "a note of another track opens nothing": (
        [A, frame(0, B), note(10, 2, track=7), draw(10, B)],
        [["A", 4000]] * 3,
    ),
    "the same frame twice": ([A, frame(0, B), frame(20, B)], [["A", 4000], ["A", 4000]]),
    "a note teaches the delay for the next switch": (
        [A, frame(0, B), note(1800, 2), draw(1800, B), frame(10_000, C)],
        [["A", 4000], ["A", 4000], ["B", None], ["B", 12_800]],
    ),
    "a late note teaches it as well": (
        [A, frame(0, B), draw(4000, B), note(5200, 2), frame(10_000, C)],
        [["A", 4000], ["B", None], ["B", None], ["B", 16_200]],
    ),
    "another picture has a delay of its own, and maybe no notes": (
        [A_SLOW, note(0, 1), frame(10, B_OTHER), frame(20, C_OTHER)],
        [["A", None], ["B", None], ["C", None]],
    ),
    "another track is read as it is": (
        [A, frame(0, B), draw(10, lane(9, "X", id=2))],
        [["A", 4000], ["X", None]],
    ),
    "a corrected title of the same talk is read at once": (
        [A, frame(0, lane(1, "A") | {"on_air": {"talk_id": 65, "title": "Corrected"}})],
        [["Corrected", None]],
    ),
    "no track at all": ([None, draw(0, None)], [[None, None]]),
}


@pytest.fixture(scope="module")
def results(in_browser):
    return dict(zip(CASES, in_browser(PLAY, [case for case, _ in CASES.values()]), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_words_wait_for_the_picture_and_no_longer(results, name):
    assert results[name] == CASES[name][1]


NOTES = {
    "text": ('{"dreamkast":1,"track":1,"revision":4,"talk":12,"event":9,"title":"夜"}', [4]),
    "something before and after": ('\x03{"dreamkast":1,"track":1,"revision":4}\x00', [4]),
    "not ours": ('{"ad":"start","revision":4}', []),
    "of another make": ('{"dreamkast":2,"track":1,"revision":4}', []),
    "a revision that is none": ('{"dreamkast":1,"track":1,"revision":"4"}', []),
    "no track": ('{"dreamkast":1,"revision":4}', []),
    "half": ('{"dreamkast":1,', []),
    "a list": ("[1, 2]", []),
    "two of them": (
        'a{"dreamkast":1,"track":1,"revision":4}\x00b{"dreamkast":1,"track":1,"revision":5}\x00',
        [4, 5],
    ),
    "nothing": (None, []),
}

READ = """async (cases) => {
  const { notesIn } = await import("/js/streaming/picture_notes.js");
  const bytes = (text) => text === null ? null : new TextEncoder().encode(text).buffer;
  const revisions = (said) => notesIn(said).map((note) => note.revision);
  return cases.map((text) => [revisions(text), revisions(bytes(text))]);
}"""


def test_of_all_that_a_picture_carries_only_our_notes_are_read(in_browser):
    found = in_browser(READ, [text for text, _ in NOTES.values()])
    assert found == [[revisions, revisions] for _, revisions in NOTES.values()]


CHANCES = """async (cases) => {
  const { chanceAmong } = await import("/js/streaming/watch/sightings.js");
  return cases.map(chanceAmong);
}"""


def test_about_fifty_viewers_report_however_many_there_are(in_browser):
    assert in_browser(CHANCES, [0, 1, 50, 100, 10_000, None]) == [1, 1, 1, 0.5, 0.005, 0.05]
