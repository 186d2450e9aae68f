// Who looks after the selected track: go on duty, lock, take over a lock, leave a note.
import { find, findAll, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { holdToConfirm } from "./hold.js";
import { lockOf } from "./state.js";
import { TakeoverReason, takeoverLine } from "./takeover.js";
import { say } from "./words.js";

const RENEW_MS = 20_000;

export class Duty {
  /** `urlOf(trackId, "duty"|"note")`, `ask()` for the state, `tell(text)` says a line politely. */
  constructor(root, { person, urlOf, ask, tell }) {
    Object.assign(this, { root, person, urlOf, ask, tell });
    this.line = find("[data-duty-line]", root);
    this.form = find("[data-note-form]", root);
    this.takeOver = find("[data-take-over]", root);
    this.takeoverPart = find("[data-takeover-part]", root);
    this.why = new TakeoverReason(this.takeoverPart);
    this.tracks = [];
    this.held = new Set();
    for (const button of findAll("[data-duty]", root)) {
      button.addEventListener("click", () => this.step(button.dataset.duty, this.track));
    }
    const words = find("[data-hold-words]", root);
    holdToConfirm(this.takeOver, words, holdWords, () => this.takeOverLock());
    this.form.addEventListener("submit", (event) => this.keepNote(event));
    this.form.elements.note.addEventListener("input", () => (this.isEdited = true));
    setInterval(() => this.renew(), RENEW_MS);
  }

  draw(track, tracks, now) {
    if (this.track?.id !== track.id) this.isEdited = false;
    Object.assign(this, { track, tracks });
    this.noteHeld(tracks, now);
    const isMine = track.duty.person?.id === this.person;
    const left = lockOf(track, now);
    const isLockedByOther = left !== null && !isMine;
    this.drawSteps({ isMine, isLocked: left !== null, isLockedByOther });
    setText(this.line, dutyLine(track, isMine, left));
    show(this.takeoverPart, isLockedByOther);
    const taken = left === null ? null : track.duty.taken_over;
    setText(find("[data-taken-line]", this.root), taken ? takeoverLine(taken) : "");
    if (!this.isEdited && this.form.elements.note.value !== track.duty.note) this.form.elements.note.value = track.duty.note;
  }

  drawSteps({ isMine, isLocked, isLockedByOther }) {
    const shown = {
      on_duty: !isMine && !isLockedByOther,
      off_duty: isMine,
      lock: !isLocked,
      unlock: isMine && isLocked,
    };
    for (const button of findAll("[data-duty]", this.root)) show(button, shown[button.dataset.duty]);
  }

  /** Only a lock that this page has seen in force is kept alive: one that lapsed with another page stays open. */
  noteHeld(tracks, now) {
    for (const track of tracks) {
      const isMine = track.duty.person?.id === this.person && track.duty.locked_until !== null;
      if (!isMine) this.held.delete(track.id);
      else if (lockOf(track, now) !== null) this.held.add(track.id);
    }
  }

  renew() {
    for (const track of this.tracks) {
      if (this.held.has(track.id)) this.step("renew", track);
    }
  }

  takeOverLock() {
    const reason = this.why.reason();
    if (!reason) {
      this.why.focus();
      return this.tell(gettext("Say why you take it over: the other person reads it."));
    }
    this.why.clear();
    return this.step("take_over", this.track, { reason });
  }

  async step(step, track, more = {}) {
    try {
      await sendJson("POST", this.urlOf(track.id, "duty"), { step, ...more });
    } catch (error) {
      this.tell(refusedWord(error));
    }
    this.ask();
  }

  async keepNote(event) {
    event.preventDefault();
    try {
      await sendJson("POST", this.urlOf(this.track.id, "note"), { note: this.form.elements.note.value });
      this.isEdited = false;
      this.tell(gettext("The note is kept."));
    } catch (error) {
      this.tell(refusedWord(error));
    }
    this.ask();
  }
}

function dutyLine(track, isMine, left) {
  if (!track.duty.person) return gettext("Nobody looks after this track.");
  const name = isMine ? gettext("You") : track.duty.person.name;
  const line = left === null ? gettext("%(name)s: on duty") : gettext("%(name)s: on duty, locked for another %(n)s s");
  return say(line, { name, n: left });
}

const holdWords = (left) =>
  left === null ? gettext("hold for 1.5 seconds") : say(gettext("%(n)s seconds more"), { n: left });

function refusedWord(error) {
  if (error.body?.code === "locked") return say(gettext("%(name)s has locked this track."), { name: error.body.owner });
  if (error.body?.code === "lock_lost") return gettext("Your lock is gone: somebody took the track over.");
  if (error.status === 403) return gettext("You may no longer direct this event. Ask an organizer.");
  return gettext("That did not reach the server. Press again.");
}
