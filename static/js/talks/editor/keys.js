// The keyboard as an equal of the mouse: walk from talk to talk, pick one up, move it, put it down.
import { find, findAll, isPlainKey, isTyping } from "../../lib/dom.js";
import { NOWHERE, beside, firstFree, isPlaced, placeOf, shift, stretch } from "./places.js";
import { HOUR, STEP, momentOf, spanOf, wallClock } from "./times.js";

export class Keys {
  /** `page`: {root, store, grid, tray, hand, dropped(what), chooseDay(date), act(name)}. */
  constructor(page) {
    this.page = page;
    // The document, because a talk on its way to the list has no element that could hold the focus.
    document.addEventListener("keydown", (event) => this.press(event));
    page.root.addEventListener("focusin", (event) => this.focused(event));
  }

  press(event) {
    if (!isPlainKey(event) || isTyping(event) || document.querySelector("dialog[open]")) return;
    const { hand } = this.page;
    const used = hand.isHolding ? hand.by === "keys" && this.steer(event) : this.walk(event);
    if (used) event.preventDefault();
  }

  focused(event) {
    const cell = event.target.closest("[data-cells] .te-cell");
    if (cell) this.page.grid.keepOneStop(cell);
  }

  // Nothing in the hand

  walk(event) {
    const grab = event.target.closest(".te-grab");
    if (event.key === "?") return this.page.act("help");
    if (event.key === "u") return this.page.act("undo");
    if (event.key === "[" || event.key === "]") return this.turnDay(event.key === "[" ? -1 : 1);
    if (!grab) return false;
    const cell = grab.closest(".te-cell");
    if (event.key === "Enter" || event.key === " ") return this.pickUp(Number(cell.dataset.talk));
    if (event.key === "Delete") return this.unschedule(Number(cell.dataset.talk));
    return cell.closest("[data-cells]") ? this.step(cell, event.key) : this.stepInList(cell, event.key);
  }

  step(cell, key) {
    const cells = findAll(".te-cell", this.page.grid.list);
    const target = {
      Home: () => cells[0],
      End: () => cells.at(-1),
      ArrowDown: () => this.nearest(cells, cell, 0, 1),
      ArrowUp: () => this.nearest(cells, cell, 0, -1),
      ArrowRight: () => this.nearest(cells, cell, 1, 0),
      ArrowLeft: () => this.nearest(cells, cell, -1, 0),
    }[key];
    if (!target) return false;
    this.focus(target() ?? cell);
    return true;
  }

  /** The next talk above or below on the same track, or the one beside it that is closest in time. */
  nearest(cells, cell, right, down) {
    const own = this.numbers(cell);
    const others = cells.filter((other) => other !== cell).map((other) => [other, this.numbers(other)]);
    const fits = down
      ? others.filter(([, at]) => this.isSameTrack(at, own) && (at.row - own.row || at.column - own.column) * down > 0)
      : others.filter(([, at]) => !at.isAll && at.column === own.column + right);
    const far = ([, at]) => Math.abs(at.row - own.row);
    return fits.sort((a, b) => far(a) - far(b))[0]?.[0] ?? null;
  }

  isSameTrack(one, other) {
    return one.isAll || other.isAll || one.column === other.column;
  }

  numbers(cell) {
    const read = (name) => Number(cell.style.getPropertyValue(name));
    return { row: read("--r"), column: read("--c"), isAll: cell.classList.contains("all") };
  }

  stepInList(cell, key) {
    const target = { ArrowDown: cell.nextElementSibling, ArrowUp: cell.previousElementSibling }[key];
    if (target) this.focus(target);
    return target !== undefined;
  }

  focus(cell) {
    find(".te-grab", cell).focus();
  }

  turnDay(by) {
    const { grid, store } = this.page;
    const date = store.frame.days[store.frame.days.indexOf(grid.day) + by];
    if (date) this.page.chooseDay(date);
    return true;
  }

  unschedule(id) {
    const { store, hand } = this.page;
    const talk = store.talk(id);
    if (!isPlaced(placeOf(talk))) return false;
    hand.take(talk, "keys");
    hand.to(NOWHERE);
    this.page.dropped(hand.drop());
    return true;
  }

  // Something in the hand

  pickUp(id) {
    const { store, hand } = this.page;
    const talk = store.talk(id);
    hand.take(talk, "keys");
    if (!isPlaced(hand.place)) hand.to(this.firstPlace(talk));
    hand.target.focus({ preventScroll: true });
    this.keepInSight();
    this.page.act("picked");
    return true;
  }

  /** One from the list starts where there is room. */
  firstPlace(talk) {
    const { store, grid, hand } = this.page;
    const track_id = talk.is_for_all_tracks ? null : grid.columns[0].id;
    const starts = firstFree(store.talks, track_id, hand.length, grid.span);
    return { track_id, room_id: null, starts, ends: starts + hand.length };
  }

  steer(event) {
    const { hand } = this.page;
    if (event.key === "Enter" || event.key === " ") return this.putDown();
    if (event.key === "Escape") return this.giveUp();
    if (event.key === "Tab") return true;
    if (event.key === "[" || event.key === "]") return this.carryToDay(event.key === "[" ? -1 : 1);
    const place = this.steered(event);
    if (!place) return false;
    hand.to(place);
    this.keepInSight();
    this.page.act("steered");
    return true;
  }

  steered({ key, shiftKey }) {
    const { hand, grid } = this.page;
    const { place, talk } = hand;
    if (key === "Delete") return NOWHERE;
    if (!isPlaced(place)) return null;
    const moves = {
      ArrowUp: () => (shiftKey ? stretch(place, -STEP, grid.span) : shift(place, -STEP, grid.span)),
      ArrowDown: () => (shiftKey ? stretch(place, STEP, grid.span) : shift(place, STEP, grid.span)),
      ArrowLeft: () => (shiftKey ? stretch(place, -STEP, grid.span) : beside(place, grid.columns, -1, talk)),
      ArrowRight: () => (shiftKey ? stretch(place, STEP, grid.span) : beside(place, grid.columns, 1, talk)),
      PageUp: () => shift(place, -HOUR, grid.span),
      PageDown: () => shift(place, HOUR, grid.span),
    };
    return moves[key]?.() ?? null;
  }

  /** The same clock time on the neighbour day. */
  carryToDay(by) {
    const { hand, store, grid } = this.page;
    const { days, time_zone } = store.frame;
    const date = days[days.indexOf(grid.day) + by];
    if (!date || !isPlaced(hand.place)) return true;
    const starts = momentOf(time_zone, date, wallClock(time_zone, hand.place.starts).minutes);
    this.page.chooseDay(date);
    hand.to(shift({ ...hand.place, starts, ends: starts + (hand.place.ends - hand.place.starts) }, 0, spanOf(store.frame, date)));
    hand.draw();
    hand.target.focus({ preventScroll: true });
    this.page.act("steered");
    return true;
  }

  keepInSight() {
    this.page.hand.target.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }

  /** With something in the way the talk stays in the hand: the place can be put right. */
  putDown() {
    const { hand } = this.page;
    const { id } = hand.talk;
    const what = hand.drop();
    this.page.dropped(what);
    if (what !== "refused") this.focusTalk(id);
    return true;
  }

  giveUp() {
    const { hand } = this.page;
    const { id } = hand.talk;
    hand.release("back");
    this.page.dropped("cancelled");
    this.focusTalk(id);
    return true;
  }

  focusTalk(id) {
    const cell = this.page.grid.cells.get(id) ?? this.page.tray.cells.get(id);
    if (cell) this.focus(cell);
  }
}
