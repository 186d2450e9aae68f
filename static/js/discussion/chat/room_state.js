// What is known of a room. Pure: each step takes what is known and gives what is known now.
//
// `revision` is the room's count up to which nothing is missing. A frame that begins later is applied too, but the
// count stays, so that what lies between is asked for.

export const MOST_ROWS = 300;

export const emptyRoom = (trackId = null) => ({
  trackId,
  revision: 0,
  messages: [],
  waiting: [],
  hasOlder: false,
  room: null,
  me: null,
  ownReactions: new Map(),
});

const byNumber = (one, other) => one.number - other.number;

function merged(known, rows, gone = []) {
  const all = new Map(known.map((row) => [row.id, row]));
  for (const row of rows) all.set(row.id, row);
  for (const id of gone) all.delete(id);
  return [...all.values()].sort(byNumber);
}

function reactionsOf(known, rows) {
  const all = new Map(known);
  for (const row of rows) if (row.my_reactions) all.set(row.id, new Set(row.my_reactions));
  return all;
}

/** The newest page, as the room is entered. */
export function applyPage(state, page) {
  return {
    ...state,
    revision: page.revision,
    messages: merged([], page.messages),
    waiting: page.waiting ?? [],
    hasOlder: page.has_older,
    room: page.room,
    me: page.me,
    ownReactions: reactionsOf([], page.messages),
  };
}

/** A page above what is there. */
export function applyOlder(state, page) {
  return {
    ...state,
    messages: merged(state.messages, page.messages),
    hasOlder: page.has_older,
    ownReactions: reactionsOf(state.ownReactions, page.messages),
  };
}

/** What changed after our count. Messages above the oldest that is known stay where they are: on older pages. */
export function applyChanges(state, answer) {
  const rows = answer.messages.filter((row) => isWithin(state, row));
  return {
    ...state,
    revision: Math.max(state.revision, answer.revision),
    messages: merged(state.messages, rows, answer.gone),
    waiting: withoutTold(state.waiting, answer.messages, answer.gone),
    room: answer.room ?? state.room,
    me: answer.me ?? state.me,
    ownReactions: reactionsOf(state.ownReactions, rows),
  };
}

const isWithin = (state, row) => !state.hasOlder || !state.messages.length || row.number >= state.messages[0].number;

const withoutTold = (waiting, messages, gone) => {
  const told = new Set([...messages.map((row) => row.id), ...gone]);
  return waiting.filter((row) => !told.has(row.id));
};

/** A frame of the socket: the new state, and whether something between is missing. */
export function applyFrame(state, kind, revision, body) {
  if (body?.track_id !== state.trackId || state.room === null) return { state, gap: false };
  if (kind === "message.counted") return { state, gap: revision > state.revision };
  if (kind !== "message.changed" || revision <= state.revision) return { state, gap: false };
  const gap = body.after > state.revision;
  const next = applyChanges(state, { ...body, revision: gap ? state.revision : revision });
  return { state: next, gap };
}

/** The answer to something one did oneself: shown, waiting or gone. */
export function applyOwn(state, row) {
  const waiting = state.waiting.filter((known) => known.id !== row.id);
  const me = { ...state.me, member: row.member, name: row.name };
  if (row.state === "waiting") {
    const messages = state.messages.filter((known) => known.id !== row.id);
    return { ...state, me, messages, waiting: [...waiting, row] };
  }
  return { ...state, me, waiting, messages: merged(state.messages, [row]) };
}

export function applyGone(state, id) {
  return {
    ...state,
    messages: state.messages.filter((row) => row.id !== id),
    waiting: state.waiting.filter((row) => row.id !== id),
  };
}

export function applyReaction(state, id, kind, isSet) {
  const own = new Set(state.ownReactions.get(id));
  if (isSet) own.add(kind);
  else own.delete(kind);
  return { ...state, ownReactions: new Map(state.ownReactions).set(id, own) };
}

/** The page stays light, however long the day: the oldest rows go back to where they can be fetched from. */
export function bounded(state, most = MOST_ROWS) {
  if (state.messages.length <= most) return state;
  return { ...state, messages: state.messages.slice(-most), hasOlder: true };
}

export const isMine = (state, row) => row.member !== null && row.member === state.me?.member;
