// What a screen reader is told of changes that this person did not make. Pure: two states in, sentences out.
import { cardWord, say } from "./words.js";

/** What changed on air between two states, without the tracks that `isOwn(trackId)` answers for. */
export function changesHeard(before, after, isOwn) {
  if (!before) return [];
  const known = new Map(before.tracks.map((track) => [track.id, track]));
  return after.tracks.filter((track) => isOther(known.get(track.id), track) && !isOwn(track.id)).map(shownNow);
}

const isOther = (old, track) => old !== undefined && track.revision > old.revision && shownKey(old) !== shownKey(track);

const shownKey = ({ on_air, card }) => `${on_air?.talk_id}|${card}`;

function shownNow({ name, on_air, card }) {
  if (card) return say(gettext("Track %(name)s: %(card)s card."), { name, card: cardWord(card) });
  return say(gettext("Track %(name)s: on air now: %(title)s."), { name, title: on_air.title });
}
