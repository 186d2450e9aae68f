// Two editors, one draft: what the server says, what is on its way to it, and what follows for the page. Pure.
//
// `draft` is the state document of the server. `pending` is a Map of talk id to {place, status}: moves that the
// server has not confirmed; status is "saving" or "unsent".
import { isSamePlace, placeOf, wireOf } from "./places.js";

/** The talks as the page shows them: the server's, with the moves that are still on their way. */
export function shownTalks(draft, pending) {
  return draft.talks.map((talk) => {
    const move = pending.get(talk.id);
    return move ? { ...talk, ...wireOf(move.place), unconfirmed: move.status } : talk;
  });
}

/** The server's newer document; an older one (an answer that was late) changes nothing. */
export function mergeDraft(known, incoming) {
  if (incoming.draft_revision < known.draft_revision) return { draft: known, moved: [] };
  return { draft: incoming, moved: movedBetween(known, incoming) };
}

/** The talks that stand elsewhere now, with where they stood: [{talk, before}]. */
export function movedBetween(known, incoming) {
  const before = new Map(known.talks.map((talk) => [talk.id, talk]));
  return incoming.talks
    .filter((talk) => before.has(talk.id) && !isSamePlace(placeOf(before.get(talk.id)), placeOf(talk)))
    .map((talk) => ({ talk, before: placeOf(before.get(talk.id)) }));
}

/** One talk as the answer to a command has it. A new one is added; the document's counters never go back. */
export function withAnswer(draft, answer) {
  return {
    ...draft,
    draft_revision: Math.max(draft.draft_revision, answer.draft_revision ?? 0),
    undo: "undo" in answer ? answer.undo : draft.undo,
    talks: talksWith(draft.talks, answer),
  };
}

function talksWith(talks, { talk = null, removed_talk_id = null }) {
  const left = talks.filter((known) => known.id !== removed_talk_id);
  if (!talk) return left;
  const known = left.find((row) => row.id === talk.id);
  if (!known) return [...left, talk];
  return known.revision > talk.revision ? left : left.map((row) => (row === known ? { ...known, ...talk } : row));
}

/** A move whose answer was lost may have arrived: then the server is stale only because it obeyed. */
export function hasArrived(move, present) {
  return Boolean(present) && isSamePlace(placeOf(present), move.place);
}

/** What the page truthfully says about saving. */
export function savingState(pending, connection) {
  const waiting = [...pending.values()];
  const unsent = waiting.filter((move) => move.status === "unsent").length;
  if (connection === "signed_out") return { kind: "signed_out", unsent: waiting.length };
  if (connection === "lost") return { kind: "offline", unsent: waiting.length };
  if (unsent) return { kind: "unsent", unsent };
  return waiting.length ? { kind: "saving", unsent: 0 } : { kind: "saved", unsent: 0 };
}
