"""Every state of the player, row by row."""

import pytest

HLS = {"kind": "hls", "url": "/hls/a/master.m3u8", "low_latency": False}
YOUTUBE = {"kind": "youtube", "url": "https://www.youtube.com/watch?v=abc", "low_latency": False}
NONE = {"kind": "none", "url": None, "low_latency": False}
URL_MISSING = {"kind": "hls", "url": None, "low_latency": False}
TALK = {"talk_id": 1, "title": "Talk"}
NEXT = {"talk_id": 2, "title": "Next"}


def facts(status="playing", *, talk=TALK, card=None, playback=HLS, next_talk=NEXT, **changes):
    track = {"id": 1, "name": "A", "on_air": talk, "card": card, "playback": playback, "next": next_talk}
    media = {"status": status, "everPlayed": True, "behind": 0, **changes.pop("media", {})}
    return {
        "phase": "open",
        "canWatch": True,
        "track": track,
        "media": media,
        "online": True,
        "audioOnly": False,
        **changes,
    }


def shows(state, overlay=None, *, kind="none", plays=False, mutes=True, unmute=False, go_live=False):
    """(state, overlay, kind, has an address, plays, mutes, offers sound, offers live)"""
    return [state, overlay, kind, kind != "none", plays, mutes, unmute, go_live]


def running(state, overlay=None, **changes):
    return shows(state, overlay, **{"kind": "hls", "plays": True, "mutes": False, **changes})


OFF_AIR = {"talk": None}
UNSEEN = {"media": {"everPlayed": False}}

ROWS = {
    "the door is closed": (facts(canWatch=False), shows("refused", "card")),
    "the door is closed over a running picture": (
        facts("playing", canWatch=False, phase="open"),
        shows("refused", "card"),
    ),
    "an event without tracks": (facts(track=None), shows("no_track", "card")),
    "before the doors open": (facts(phase="before", playback=NONE), shows("before", "card")),
    "before the doors open, with a talk already on air": (
        facts(phase="before", playback=NONE, talk=TALK),
        shows("before", "card"),
    ),
    "staff before the doors open": (facts(phase="before"), running("playing")),
    "on air without an address": (facts(playback=NONE), shows("preparing", "card")),
    "on air with an empty address": (facts(playback=URL_MISSING), shows("preparing", "card")),
    "on air": (facts(), running("playing")),
    "on air and far behind": (facts(media={"behind": 31}), running("playing", go_live=True)),
    "on air and a little behind": (facts(media={"behind": 4}), running("playing")),
    "on air while loading": (facts("loading", **UNSEEN), running("loading", "label")),
    "stalled": (facts("stalled"), running("stalled", "label")),
    "stalled and far behind": (facts("stalled", media={"behind": 31}), running("stalled", "label")),
    "the browser refused sound": (facts("blocked"), running("muted", unmute=True)),
    "the browser refused sound, and far behind": (
        facts("blocked", media={"behind": 31}),
        running("muted", unmute=True, go_live=True),
    ),
    "the browser refused everything": (
        facts("blocked_muted", **UNSEEN),
        running("blocked", "play", plays=False, mutes=True),
    ),
    "paused by the viewer": (facts("paused"), running("paused", plays=False)),
    "paused and behind": (facts("paused", media={"behind": 90}), running("paused", plays=False)),
    "the stream has not started": (
        facts("notfound", **UNSEEN),
        running("not_started", "card", mutes=True),
    ),
    "a fatal error with a frame to keep": (facts("error"), running("reconnecting", "thin", mutes=True)),
    "a fatal error before the first frame": (
        facts("error", **UNSEEN),
        running("reconnecting", "card", mutes=True),
    ),
    "offline while the buffer plays": (facts(online=False), running("playing")),
    "offline and run dry": (facts("stalled", online=False), running("offline", "thin", mutes=True)),
    "offline after an error": (facts("error", online=False), running("offline", "thin", mutes=True)),
    "offline from the start": (
        facts("loading", online=False, **UNSEEN),
        running("offline", "card", mutes=True),
    ),
    "offline and paused": (facts("paused", online=False), running("paused", plays=False)),
    "waiting for the next talk": (facts(card="waiting", **OFF_AIR), shows("waiting", "card")),
    "off air with a stream that runs on": (
        facts("playing", card="waiting", playback=HLS, **OFF_AIR),
        shows("waiting", "card"),
    ),
    "off air without a card": (facts(card=None, **OFF_AIR), shows("waiting", "card")),
    "off air without a successor": (
        facts(card="waiting", next_talk=None, **OFF_AIR),
        shows("finished", "card"),
    ),
    "break": (facts(card="break", **OFF_AIR), shows("break", "card")),
    "break without a successor": (facts(card="break", next_talk=None, **OFF_AIR), shows("break", "card")),
    "technical card without a talk": (facts(card="technical", **OFF_AIR), shows("technical", "card")),
    "technical card over a talk": (
        facts(card="technical"),
        shows("technical", "card", kind="hls", plays=True),
    ),
    "technical card over a talk that is blocked": (
        facts("blocked_muted", card="technical"),
        shows("technical", "card", kind="hls", plays=True),
    ),
    "technical card over a talk without a picture": (
        facts(card="technical", playback=NONE),
        shows("technical", "card"),
    ),
    "technical card over another site's frame": (
        facts(card="technical", playback=YOUTUBE),
        shows("technical", "card"),
    ),
    "another site's frame": (facts(playback=YOUTUBE), shows("embed", kind="youtube", plays=True)),
    "another site's frame, sound only": (
        facts(playback=YOUTUBE, audioOnly=True),
        shows("embed", kind="youtube", plays=True),
    ),
    "sound only": (facts(audioOnly=True), running("playing", "listen")),
    "sound only while stalled": (facts("stalled", audioOnly=True), running("stalled", "listen")),
    "sound only, refused by the browser": (
        facts("blocked", audioOnly=True),
        running("muted", "listen", unmute=True),
    ),
    "sound only under a card": (
        facts(card="technical", audioOnly=True),
        shows("technical", "card", kind="hls", plays=True),
    ),
    "sound only after an error": (
        facts("error", audioOnly=True),
        running("reconnecting", "thin", mutes=True),
    ),
    "the event has ended": (
        facts(phase="after", card="waiting", next_talk=None, **OFF_AIR),
        shows("ended", "card"),
    ),
    "the event has ended with a talk in the plan": (
        facts(phase="after", card="waiting", **OFF_AIR),
        shows("ended", "card"),
    ),
    "closed while a talk is still on air": (facts(phase="after"), running("playing")),
    "archive": (facts(phase="archive"), shows("archive", "card")),
    "archive with a talk left on air": (facts(phase="archive", talk=TALK), shows("archive", "card")),
}

SCRIPT = """async (cases) => {
  const { decide } = await import("/js/streaming/player_state.js");
  return cases.map((facts) => {
    const answer = decide(facts);
    return [answer.state, answer.overlay, answer.kind, answer.url !== null, answer.shouldPlay,
      answer.shouldMute, answer.unmute, answer.goLive];
  });
}"""

WORDS_SCRIPT = """async (cases) => {
  globalThis.gettext = (text) => text;
  globalThis.interpolate = (text) => text;
  const { decide } = await import("/js/streaming/player_state.js");
  const { wordsFor } = await import("/js/streaming/player_words.js");
  const context = { time: (moment) => moment, count: () => "" };
  return cases.map((facts) => wordsFor(decide(facts), facts, context)?.title ?? null);
}"""


@pytest.fixture(scope="module")
def answers(in_browser):
    return dict(zip(ROWS, in_browser(SCRIPT, [case for case, _ in ROWS.values()]), strict=True))


@pytest.fixture(scope="module")
def titles(in_browser):
    return dict(zip(ROWS, in_browser(WORDS_SCRIPT, [case for case, _ in ROWS.values()]), strict=True))


@pytest.mark.parametrize("name", ROWS)
def test_player_shows_what_the_facts_demand(answers, name):
    assert answers[name] == ROWS[name][1]


@pytest.mark.parametrize("name", ROWS)
def test_full_overlay_never_has_sound(answers, name):
    _, overlay, *_, plays, mutes, _, _ = answers[name]
    assert overlay not in {"card", "thin", "play"} or mutes or not plays


@pytest.mark.parametrize("name", ROWS)
def test_each_covering_state_says_what_it_is(answers, titles, name):
    covers = answers[name][1] is not None
    assert bool(titles[name]) == covers
