// Taking a lock over needs a reason, and whoever loses it reads who took it and why.
import { find, findAll, setText, show } from "../../lib/dom.js";
import { say } from "./words.js";

const SHOWN_MS = 10 * 60_000;

/** The newest takeover of a track from this person, unless it is old or was closed; null without one. */
export function lostLock(tracks, person, now, closed) {
  const lost = tracks.filter(({ duty: { taken_over: taken } }) => taken?.from_id === person && !closed.has(taken.at) && now - new Date(taken.at).getTime() < SHOWN_MS);
  lost.sort((one, other) => (one.duty.taken_over.at < other.duty.taken_over.at ? 1 : -1));
  return lost[0] ?? null;
}

export function takeoverLine({ by, from, reason }) {
  const text = reason ? gettext("%(by)s took the lock over from %(from)s: %(reason)s") : gettext("%(by)s took the lock over from %(from)s.");
  return say(text, { by: by ?? "?", from: from ?? "?", reason });
}

/** The banner for whoever lost a lock. */
export class LostLock {
  constructor(banner, { person, tell }) {
    Object.assign(this, { banner, person, tell });
    this.closed = new Set();
    find("[data-lost-close]", banner).addEventListener("click", () => this.close());
  }

  draw(tracks, now) {
    const track = lostLock(tracks, this.person, now, this.closed);
    show(this.banner, track !== null);
    if (!track) return;
    const taken = track.duty.taken_over;
    const what = say(gettext("%(name)s took over track %(track)s from you"), { name: taken.by ?? "?", track: track.name });
    setText(find("[data-lost-what]", this.banner), what);
    setText(find("[data-lost-why]", this.banner), taken.reason);
    if (this.shown !== taken.at) this.tell(`${what}: ${taken.reason}`);
    this.shown = taken.at;
  }

  close() {
    this.closed.add(this.shown);
    show(this.banner, false);
  }
}

/** The field for the reason: a press on a proposal fills it. `reason()` is empty while nothing is written. */
export class TakeoverReason {
  constructor(part) {
    this.field = find("input", part);
    for (const button of findAll("[data-reason]", part)) {
      button.addEventListener("click", () => {
        this.field.value = button.textContent.trim();
      });
    }
  }

  reason() {
    return this.field.value.trim();
  }

  focus() {
    this.field.focus();
  }

  clear() {
    this.field.value = "";
  }
}
