// The one place that decides what the player shows. Pure: the same facts give the same answer.
//
// facts: {
//   phase      "before" | "open" | "after" | "archive"
//   canWatch   false when the server closed the door
//   track      a track of the live document, or null
//   media      { status, everPlayed, behind }; status is
//              "loading" | "playing" | "stalled" | "error" | "notfound" | "blocked" | "blocked_muted" | "paused"
//              ("blocked": plays, but without sound; "blocked_muted": the browser refused even that)
//   online     what the device says
//   audioOnly  the viewer wants sound without picture
// }
//
// The answer: {
//   state       its name; player_words.js has the texts
//   overlay     "card" (covers all), "thin" (last frame shines through), "play", "listen", "label", or null
//   kind, url   what is attached to the element; null takes it off
//   shouldPlay  the element runs
//   shouldMute  no sound, whatever the viewer has chosen
//   unmute      offer "turn on the sound"
//   goLive      offer "back to live"
// }
//
// Two rules hold for every row: a full overlay never has sound, and the address follows from the state alone.

export const BEHIND_SECONDS = 12;

const NOTHING = { kind: "none", url: null, shouldPlay: false, shouldMute: true, unmute: false, goLive: false };

const card = (state) => ({ ...NOTHING, state, overlay: "card" });

export function decide(facts) {
  const { phase, canWatch, track } = facts;
  if (!canWatch) return card("refused");
  if (!track) return card("no_track");
  if (phase === "archive") return card("archive");
  if (phase === "before" && !hasPicture(track)) return card("before");
  if (!track.on_air) return withoutTalk(phase, track);
  if (track.card === "technical") return technical(track.playback);
  if (!hasPicture(track)) return card("preparing");
  return track.playback.kind === "hls" ? onAir(facts) : embed(track.playback);
}

const hasPicture = (track) => track.playback.kind !== "none" && Boolean(track.playback.url);

function withoutTalk(phase, track) {
  if (phase === "after") return card("ended");
  if (track.card === "technical") return card("technical");
  if (track.card === "break") return card("break");
  return card(track.next ? "waiting" : "finished");
}

/** A talk goes on underneath: its picture keeps running without sound, so that lifting the card shows it at once. */
function technical(playback) {
  if (playback.kind !== "hls" || !playback.url) return card("technical");
  return { ...card("technical"), kind: "hls", url: playback.url, shouldPlay: true };
}

/** A frame of another site: its sound is not ours to mute, which is why cards take it off altogether. */
function embed(playback) {
  return { ...NOTHING, state: "embed", overlay: null, kind: playback.kind, url: playback.url, shouldPlay: true };
}

const ROWS = {
  notfound: { state: "not_started", overlay: "card", shouldMute: true },
  blocked_muted: { state: "blocked", overlay: "play", shouldMute: true, shouldPlay: false },
  error: { state: "reconnecting", overlay: "thin", shouldMute: true },
  paused: { state: "paused", overlay: null, shouldPlay: false },
  stalled: { state: "stalled", overlay: "label" },
  loading: { state: "loading", overlay: "label" },
  blocked: { state: "muted", overlay: null, unmute: true },
  playing: { state: "playing", overlay: null },
};

function onAir(facts) {
  const { track, media, online, audioOnly } = facts;
  const row = { ...running(track.playback), ...rowOf(media, online) };
  row.goLive = media.behind > BEHIND_SECONDS && (row.state === "playing" || row.state === "muted");
  return audioOnly ? listening(row) : row;
}

function running(playback) {
  return { ...NOTHING, kind: "hls", url: playback.url, shouldPlay: true, shouldMute: false };
}

/** Without a connection the buffer plays to its end; only then is there something to say. */
function rowOf(media, online) {
  const isStuck = ["error", "stalled", "loading", "notfound"].includes(media.status);
  if (!online && isStuck) return { state: "offline", overlay: media.everPlayed ? "thin" : "card", shouldMute: true };
  if (media.status === "error" && !media.everPlayed) return { ...ROWS.error, overlay: "card" };
  return ROWS[media.status];
}

/** Sound without picture: the card says so, and it alone may cover the picture with the sound on. */
function listening(row) {
  return row.overlay === null || row.overlay === "label" ? { ...row, overlay: "listen" } : row;
}
