// LIVE badges of a page: [data-live] and [data-held] carry a talk's id. The socket is opened only while the
// event is open; before and after nothing on these pages changes by itself.
import { connectLive } from "../lib/socket.js";
import { applyFrame, startState } from "../lib/state.js";
import { findAll, show } from "../lib/dom.js";

/**
 * Calls `changed(state)` with what the event shows now, at once and on every change, and `reprogrammed()`
 * when the programme has changed or may have changed unseen.
 */
export function followEvent(event, changed, reprogrammed = () => {}) {
  let state = null;
  const take = (next) => {
    if (next.programmeMayBeOld) reprogrammed();
    state = { ...next, programmeMayBeOld: false };
    changed(state);
  };
  return connectLive({
    event,
    onSnapshot(document) {
      const answer = state ? applyFrame(state, { kind: "live.snapshot", body: document }) : null;
      take(answer ? answer.state : startState(document));
      return answer?.gap ?? false;
    },
    onFrame(frame) {
      if (!state) return true;
      const answer = applyFrame(state, frame);
      take(answer.state);
      if (frame.kind === "programme.changed") reprogrammed();
      return answer.gap;
    },
  });
}

/** The ids of the talks that run, and of those whose picture is covered on every track that has them. */
export function talksOnAir(state) {
  const live = new Set();
  const held = new Set();
  for (const track of state.phase === "open" ? state.tracks : []) {
    if (track.on_air) (track.card === "technical" ? held : live).add(track.on_air.talk_id);
  }
  for (const id of live) held.delete(id);
  return { live, held };
}

export function showBadges(state, root = document) {
  const { live, held } = talksOnAir(state);
  for (const badge of findAll("[data-live]", root)) show(badge, live.has(Number(badge.dataset.live)));
  for (const badge of findAll("[data-held]", root)) show(badge, held.has(Number(badge.dataset.held)));
  for (const link of findAll("[data-watch]", root)) {
    const id = Number(link.dataset.watch);
    show(link, live.has(id) || held.has(id));
  }
  return { live, held };
}
