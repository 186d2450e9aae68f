// What the control room knows, and what its buttons would do. Pure: no clock of its own, no page, no network.

/** A whole state by HTTP or as the socket's first frame. An older one does not turn a track back. */
export function replaceState(known, state) {
  if (!known) return state;
  const mine = new Map(known.tracks.map((track) => [track.id, track]));
  const tracks = state.tracks.map((track) => {
    const old = mine.get(track.id);
    const newer = old && old.revision > track.revision ? old : track;
    return { ...newer, viewers: old?.viewers ?? track.viewers };
  });
  return { ...state, tracks };
}

/** What a command's answer or a viewers' frame says about one track; the rest of the row is asked for. */
export function patchTrack(state, live) {
  const tracks = state.tracks.map((track) =>
    track.id === live.id && live.revision >= track.revision ? patched(track, live) : track,
  );
  return { ...state, tracks };
}

function patched(track, live) {
  const row = { ...track, on_air: live.on_air, card: live.card, next: live.next, revision: live.revision };
  if (live.revision > track.revision) row.undo = null;
  return { ...row, lamp: lampOf(row), playlist: track.playlist.map((talk) => ({ ...talk, state: talkState(row, talk) })) };
}

function lampOf(track) {
  if (track.card === "waiting") return "idle";
  return track.card ? "card" : "on";
}

function talkState(row, talk) {
  if (talk.talk_id === row.on_air?.talk_id) return "on_air";
  if (talk.talk_id === row.next?.talk_id) return "next";
  return talk.state === "on_air" ? "done" : talk.state === "next" ? "later" : talk.state;
}

/** Counts by track, or null when nobody can count. A track that nobody watches may be left out. */
export function countViewers(state, counted) {
  const rows = Array.isArray(counted) ? counted.map((row) => [row.id, row.viewers]) : Object.entries(counted ?? {});
  const counts = new Map(rows.map(([id, viewers]) => [Number(id), viewers]));
  const tracks = state.tracks.map((track) => ({ ...track, viewers: counted ? (counts.get(track.id) ?? 0) : null }));
  return { ...state, tracks };
}

export const trackOf = (state, id) => state.tracks.find((track) => track.id === id);

/** What the take button of a track would do now, or null when nothing can be taken. */
export function targetOf(track, chosenId) {
  const chosen = chosenId ? track.playlist.find((talk) => talk.talk_id === chosenId) : null;
  if (chosen?.may_air && !(chosen.talk_id === track.on_air?.talk_id && !track.card)) return take(chosen);
  if (track.card === "technical" && track.on_air) return { command: "clear", talk: track.on_air };
  return track.next ? take(track.next) : null;
}

const take = (talk) => ({ command: "take", talk });

export const sameTarget = (one, other) =>
  one?.command === other?.command && one?.talk?.talk_id === other?.talk?.talk_id && one?.card === other?.card;

/** The body of a command, without its key. */
export function commandBody(track, target) {
  const body = { command: target.command, expected_revision: track.revision };
  if (target.command === "take") body.talk_id = target.talk.talk_id;
  if (target.command === "card") body.card = target.card;
  return body;
}

/** Seconds until `moment` (negative once it has passed), or null without one. */
export function secondsUntil(moment, now) {
  return moment ? Math.round((new Date(moment).getTime() - now) / 1000) : null;
}

export function undoSeconds(track, now) {
  const left = secondsUntil(track.undo?.until, now);
  return left !== null && left > 0 ? left : null;
}

export function lockOf(track, now) {
  const left = secondsUntil(track.duty.locked_until, now);
  return left !== null && left > 0 ? left : null;
}

/** The line for the server's shell: always a real talk where there is one. */
export function lastResort(state, track, target) {
  const talk = target?.talk ?? track.on_air;
  const what = talk ? talk.talk_id : "--card waiting";
  return `python manage.py take ${state.control_room} ${quoted(track.name)} ${what}`;
}

const quoted = (name) => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);
