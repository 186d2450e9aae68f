// The talk that is being moved, by mouse, by touch or by keyboard: where it would stand, and what is in its way.
import { find, make, setText, show } from "../../lib/dom.js";
import { findConflicts } from "./conflicts.js";
import { isPlaced, isSamePlace, lengthOf, placeOf } from "./places.js";
import { STEP } from "./times.js";
import { conflictText, placeText, rangeText, say, shortPlace } from "./words.js";

export class Hand {
  /** `changed()` is told each time the hand holds something else or holds it elsewhere. */
  constructor(store, grid, changed) {
    this.store = store;
    this.grid = grid;
    this.changed = changed;
    this.target = find("[data-target]", grid.body);
    this.talk = null;
    this.conflicts = [];
  }

  get isHolding() {
    return this.talk !== null;
  }

  get length() {
    return lengthOf(this.talk);
  }

  /** `by`: "pointer" or "keys". The revision of this moment is what the move is asked with. */
  take(talk, by) {
    this.talk = talk;
    this.by = by;
    this.revision = talk.revision;
    this.origin = placeOf(talk);
    this.place = this.origin;
    this.conflicts = [];
    this.show();
  }

  to(place) {
    if (isSamePlace(place, this.place)) return;
    this.place = place;
    this.conflicts = this.isBack ? [] : findConflicts(this.store.frame, this.store.talks, this.talk, place);
    this.show();
  }

  get isBack() {
    return isSamePlace(this.place, this.origin);
  }

  get reasons() {
    const { frame, talks } = this.store;
    return this.conflicts.map((conflict) => conflictText(frame, talks, this.talk, this.place, conflict));
  }

  /** "10:20 to 11:00, Track B" and, when something is in the way, what: to be heard. */
  get sentence() {
    return this.sayWith(placeText);
  }

  /** The same to be read: "10:20–11:00 · Track B". */
  get line() {
    return this.sayWith(shortPlace);
  }

  sayWith(words) {
    const where = isPlaced(this.place)
      ? words(this.store.frame, this.talk, this.place, this.grid.day)
      : gettext("Back to the list of unscheduled talks");
    return [this.reasons.length ? say(gettext("%(where)s."), { where }) : where, ...this.reasons].join(" ");
  }

  /** Lets go. Gives what became of it: "back", "moved", or "refused" with the hand still holding. */
  drop() {
    if (this.isBack) return this.release("back");
    if (this.conflicts.length) return "refused";
    const { talk, place, revision } = this;
    this.release("moved");
    this.store.move(talk.id, place, revision);
    return "moved";
  }

  release(what) {
    this.talk = null;
    this.conflicts = [];
    show(this.target, false);
    this.changed();
    return what;
  }

  show() {
    this.draw();
    this.changed();
  }

  /** Only transform moves it; size is written when it differs. */
  draw() {
    const isHere = this.isHolding && isPlaced(this.place) && this.isOnShownDay;
    show(this.target, isHere);
    if (!isHere) return;
    const { columns, span } = this.grid;
    const width = this.grid.area.width / columns.length;
    const column = this.talk.is_for_all_tracks ? 0 : Math.max(columns.findIndex(({ id }) => id === this.place.track_id), 0);
    const tick = this.grid.tick;
    const box = this.target.style;
    box.width = `${width * (this.talk.is_for_all_tracks ? columns.length : 1)}px`;
    box.height = `${((this.place.ends - this.place.starts) / STEP) * tick}px`;
    box.transform = `translate(${column * width}px, ${((this.place.starts - span.starts) / STEP) * tick}px)`;
    this.fill();
  }

  get isOnShownDay() {
    return this.place.starts < this.grid.span.ends && this.place.ends > this.grid.span.starts;
  }

  fill() {
    this.target.classList.toggle("clash", this.conflicts.length > 0);
    setText(find("[data-range]", this.target), rangeText(this.store.frame, this.place));
    const name = find("[data-name]", this.target);
    setText(name, this.talk.title);
    name.lang = this.talk.lang;
    find("[data-reasons]", this.target).replaceChildren(...this.reasons.map((text) => make("li", {}, text)));
  }
}
