// What a viewer knows of an event, and how a frame changes it. Pure: no clock, no network, no page.
//
// Two counters. The event's revision says whether something is missing. A track's own revision is the newer
// truth about that track, whichever frame brought it.

/** From a live document; `programme` are the rows of the timetable that the page shows. */
export function startState(document, programme = []) {
  return {
    event: document.event,
    revision: document.revision,
    newest: document.revision,
    missing: false,
    programmeMayBeOld: false,
    phase: document.phase,
    serverTime: document.server_time,
    tracks: document.tracks,
    announcement: document.announcement,
    programme,
  };
}

const isBehind = (state) => state.missing || state.newest > state.revision;
const answer = (state) => ({ state, gap: isBehind(state) });

/** The whole document, from the socket or by HTTP. An older one (a cache on the way) does not turn time back. */
export function applyDocument(state, document) {
  if (document.revision < state.revision) {
    const tracks = mergeTracks(state.tracks, document.tracks, state.phase);
    return answer({ ...state, tracks });
  }
  return answer({
    ...state,
    revision: document.revision,
    newest: Math.max(state.newest, document.revision),
    missing: false,
    programmeMayBeOld: state.programmeMayBeOld || document.revision > state.revision,
    phase: document.phase,
    serverTime: document.server_time,
    tracks: keepNewer(state.tracks, document.tracks, document.phase),
    announcement: document.announcement,
  });
}

/** Of a newer document, every track; only one that a faster frame has already overtaken stays. */
function keepNewer(known, tracks, phase) {
  return tracks.map((track) => {
    const mine = known.find((candidate) => candidate.id === track.id);
    if (!mine) return track;
    return mine.revision > track.revision ? mine : carriedOver(track, mine, phase);
  });
}

/** Of an older document, only what is newer by the track's own count. */
function mergeTracks(known, tracks, phase) {
  return known.map((mine) => {
    const track = tracks.find((candidate) => candidate.id === mine.id);
    return track && track.revision > mine.revision ? carriedOver(track, mine, phase) : mine;
  });
}

/**
 * Documents and changes of a track carry no count of their own; the last one stays until the next comes.
 * Before the doors they carry no picture either, for everybody: staff keep the one their page came with.
 */
const carriedOver = (track, mine, phase) => ({
  ...track,
  viewers: track.viewers ?? mine.viewers,
  playback: phase === "before" && track.playback.kind === "none" ? mine.playback : track.playback,
});

const CHANGES = {
  "on_air.changed": changeTrack,
  "stream.changed": changeTrack,
  "programme.changed": changeProgramme,
  "announcement.changed": (state, body, isNewer) => (isNewer ? { ...state, announcement: body } : state),
};

/** One frame. `gap` says that something between is missing and the document should be asked for. */
export function applyFrame(state, { kind, revision, body }) {
  if (kind === "live.snapshot") return applyDocument(state, body);
  if (kind === "viewers.counted") return answer(countViewers(state, revision, body));
  // Frames without the event's count (questions, chat, reconnect) say nothing about the document.
  if (revision === null || revision === undefined || /^(question|message)\./.test(kind)) return answer(state);
  const isNewer = revision > state.revision;
  const change = CHANGES[kind];
  if (!change) return answer({ ...state, newest: Math.max(state.newest, revision) });
  const changed = change(state, body, isNewer);
  return answer(isNewer ? advance(changed, revision) : changed);
}

function advance(state, revision) {
  return {
    ...state,
    revision,
    newest: Math.max(state.newest, revision),
    missing: state.missing || revision > state.revision + 1,
  };
}

function changeTrack(state, body, isNewer) {
  const known = state.tracks.find((track) => track.id === body.id);
  if (!known) return isNewer ? { ...state, tracks: [...state.tracks, body] } : state;
  const applies = isNewer ? body.revision >= known.revision : body.revision > known.revision;
  if (!applies) return state;
  return replaceTrack(state, carriedOver(body, known, state.phase));
}

function replaceTrack(state, track) {
  return { ...state, tracks: state.tracks.map((known) => (known.id === track.id ? track : known)) };
}

function changeProgramme(state, body, isNewer) {
  if (!isNewer) return state;
  const changes = new Map(body.talks.map((talk) => [talk.talk_id, talk]));
  const patch = (talk) => (talk && changes.has(talk.talk_id) ? patched(talk, changes.get(talk.talk_id)) : talk);
  return {
    ...state,
    tracks: state.tracks.map((track) => ({ ...track, on_air: patch(track.on_air), next: patch(track.next) })),
    programme: state.programme.map(patch),
  };
}

/** Only the keys that the row has: `next` carries fewer than the programme. */
function patched(talk, change) {
  const keys = Object.keys(change).filter((key) => key in talk);
  return { ...talk, ...Object.fromEntries(keys.map((key) => [key, change[key]])) };
}

/** The count carries the present revision of the event without changing it: that is how a lost frame shows. */
function countViewers(state, revision, body) {
  // No table at all: nobody knows. A track that is not in the table: nobody watches it.
  const viewersOf = (track) => (body.tracks === null ? null : (body.tracks[track.id] ?? 0));
  return {
    ...state,
    newest: Math.max(state.newest, revision ?? 0),
    tracks: state.tracks.map((track) => ({ ...track, viewers: viewersOf(track) })),
  };
}

/** Without a socket nobody counts for us: a number that grows old is worse than none. */
export function forgetViewers(state) {
  return { ...state, tracks: state.tracks.map((track) => ({ ...track, viewers: null })) };
}

export const trackByName = (state, name) => state.tracks.find((track) => track.name === name) ?? state.tracks[0];
