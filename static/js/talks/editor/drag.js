// Moving and stretching by mouse, pen and finger. A finger presses long first, so that the page can be scrolled.
import { find, make, setText } from "../../lib/dom.js";
import { NOWHERE, isPlaced, onTrack, placeAt, placeOf } from "./places.js";
import { STEP, snap } from "./times.js";
import { rangeText } from "./words.js";

const FAR = 4;
const FINGER_FAR = 10;
const LONG_PRESS_MS = 350;
const EDGE = 48;
const DAY_WAIT_MS = 500;
const REASONS = 3;

export class Drag {
  /** `page`: {root, store, grid, tray, hand, dropped(what), chooseDay(date)}. */
  constructor(page) {
    this.page = page;
    this.press = null;
    this.point = null;
    this.swallowed = 0;
    page.root.addEventListener("pointerdown", (event) => this.down(event));
    page.root.addEventListener("click", (event) => this.click(event), true);
    page.root.addEventListener("contextmenu", (event) => this.press?.isFinger && event.preventDefault());
    page.root.addEventListener("touchmove", (event) => this.isOn && event.preventDefault(), { passive: false });
    page.root.addEventListener("dragstart", (event) => event.preventDefault());
    for (const [name, act] of Object.entries({ pointermove: "move", pointerup: "up", pointercancel: "cancel" })) {
      addEventListener(name, (event) => this.press?.pointer === event.pointerId && this[act](event));
    }
    addEventListener("keydown", (event) => this.isOn && event.key === "Escape" && this.cancel());
    addEventListener("blur", () => this.isOn && this.cancel());
  }

  get isOn() {
    return this.press?.isOn ?? false;
  }

  down(event) {
    const handle = event.target.closest(".te-grab, .te-stretch");
    if (!handle || event.button !== 0 || this.press || this.page.hand.isHolding) return;
    const cell = handle.closest(".te-cell");
    const isFinger = event.pointerType === "touch";
    this.press = { pointer: event.pointerId, cell, isFinger, isStretch: handle.matches(".te-stretch"), x: event.clientX, y: event.clientY };
    this.point = { x: event.clientX, y: event.clientY };
    if (isFinger) this.press.timer = setTimeout(() => this.start(), LONG_PRESS_MS);
  }

  move(event) {
    this.point = { x: event.clientX, y: event.clientY };
    if (this.isOn) return;
    const { x, y, isFinger } = this.press;
    const way = Math.hypot(event.clientX - x, event.clientY - y);
    if (isFinger && way > FINGER_FAR) this.end();
    else if (!isFinger && way > FAR) this.start();
  }

  start() {
    const { cell, y, isStretch } = this.press;
    const { store, grid, hand, root } = this.page;
    const talk = store.talk(Number(cell.dataset.talk));
    if (!talk) return this.end();
    hand.take(talk, "pointer");
    this.press.isOn = true;
    const box = cell.getBoundingClientRect();
    this.press.isPlaced = isPlaced(placeOf(talk));
    // How far below the talk's start it was gripped; one from the list hangs just below the pointer.
    this.press.grip = this.press.isPlaced ? y - box.top : grid.tick;
    cell.classList.add("lifted");
    root.classList.add(isStretch ? "stretching" : "moving");
    if (!isStretch) this.makeGhost(talk, box);
    this.follow();
  }

  makeGhost(talk, box) {
    const { grid, hand } = this.page;
    const width = talk.is_for_all_tracks ? Math.min(box.width, 360) : grid.area.width / grid.columns.length;
    const height = Math.min((hand.length / STEP) * grid.tick, 160);
    this.ghost = make("div", { class: "te-ghost", "aria-hidden": "true" }, make("b", { "data-at": "" }), make("span", { lang: talk.lang }, talk.title), make("ul", {}));
    this.ghost.style.width = `${width}px`;
    this.ghost.style.minHeight = `${height}px`;
    this.press.gripX = Math.min(Math.max(this.press.x - box.left, 8), width - 8);
    this.page.root.append(this.ghost);
  }

  /** Once for each picture of the screen: where the pointer is decides, also while the grid scrolls below it. */
  follow() {
    if (!this.isOn) return;
    this.scrollNearEdges();
    this.waitOnDay();
    const place = this.press.isStretch ? this.stretched() : this.placeUnder();
    this.page.hand.to(place);
    this.showGhost(place);
    requestAnimationFrame(() => this.follow());
  }

  placeUnder() {
    const { hand, grid, tray } = this.page;
    const { x, y } = this.point;
    if (isInside(tray.root.getBoundingClientRect(), x, y)) return NOWHERE;
    const area = grid.area;
    const view = grid.root.getBoundingClientRect();
    if (!isInside(view, x, y)) return hand.origin;
    const column = Math.floor(((x - area.left) / area.width) * grid.columns.length);
    const track = grid.columns[Math.max(Math.min(column, grid.columns.length - 1), 0)];
    const top = y - area.top - this.press.grip;
    return onTrack(placeAt(this.whole, this.momentAt(top)), track.id, hand.talk);
  }

  /** What is held as a place with a length, also when it comes from the list. */
  get whole() {
    const { hand, grid } = this.page;
    return isPlaced(hand.origin) ? hand.origin : { ...NOWHERE, track_id: null, starts: grid.span.starts, ends: grid.span.starts + hand.length };
  }

  momentAt(top) {
    const { grid, hand } = this.page;
    const { starts, ends } = grid.span;
    const wanted = snap(starts + (top / grid.tick) * STEP);
    return Math.max(Math.min(wanted, ends - hand.length), starts);
  }

  stretched() {
    const { hand, grid } = this.page;
    const end = snap(grid.span.starts + ((this.point.y - grid.area.top) / grid.tick) * STEP);
    return { ...hand.origin, ends: Math.max(Math.min(end, grid.span.ends), hand.origin.starts + STEP) };
  }

  showGhost(place) {
    if (!this.ghost) return;
    const { store, hand } = this.page;
    const { x, y } = this.point;
    this.ghost.style.transform = `translate(${x - this.press.gripX}px, ${y - Math.min(this.press.grip, 60)}px)`;
    this.ghost.classList.toggle("clash", hand.conflicts.length > 0);
    const where = isPlaced(place) ? rangeText(store.frame, place) : gettext("Unscheduled");
    setText(find("[data-at]", this.ghost), where);
    find("ul", this.ghost).replaceChildren(...hand.reasons.slice(0, REASONS).map((text) => make("li", {}, text)));
  }

  scrollNearEdges() {
    const view = this.page.grid.root;
    const box = view.getBoundingClientRect();
    const { x, y } = this.point;
    if (!isInside(box, x, y)) return;
    view.scrollTop += pull(y, box.top + this.page.grid.heads.offsetHeight, box.bottom);
    view.scrollLeft += pull(x, box.left, box.right);
  }

  /** Resting on another day's tab goes to that day. */
  waitOnDay() {
    const tab = document.elementFromPoint(this.point.x, this.point.y)?.closest("[data-day]");
    if (tab === this.press.tab) return;
    clearTimeout(this.press.dayTimer);
    this.press.tab = tab;
    if (tab) this.press.dayTimer = setTimeout(() => this.page.chooseDay(tab.dataset.day), DAY_WAIT_MS);
  }

  up() {
    const { isOn, isFinger } = this.press;
    if (!isOn) return this.end();
    if (!isFinger) this.swallowed = performance.now();
    const what = this.page.hand.drop();
    this.page.dropped(what);
    this.end();
  }

  cancel() {
    if (this.isOn) {
      this.page.hand.release("back");
      this.page.dropped("cancelled");
    }
    this.end();
  }

  end() {
    clearTimeout(this.press?.timer);
    clearTimeout(this.press?.dayTimer);
    this.press?.cell.classList.remove("lifted");
    this.page.root.classList.remove("moving", "stretching");
    this.ghost?.remove();
    this.ghost = null;
    this.press = null;
  }

  /** The click at the end of a drag is part of it. */
  click(event) {
    if (performance.now() - this.swallowed > 300) return;
    this.swallowed = 0;
    event.preventDefault();
    event.stopPropagation();
  }
}

const isInside = (box, x, y) => x >= box.left && x < box.right && y >= box.top && y < box.bottom;

function pull(at, low, high) {
  if (at < low + EDGE) return -Math.ceil((low + EDGE - at) / 4);
  return at > high - EDGE ? Math.ceil((at - high + EDGE) / 4) : 0;
}
