// The grid: one list of talks in the order of time, each put at its place by custom properties.
import { find, findAll, make, setText, show } from "../../lib/dom.js";
import { fillCell, makeCell } from "./cell.js";
import { standingConflicts } from "./conflicts.js";
import { byTime, changeOf, isPlaced, lanesOf, placeOf } from "./places.js";
import { STEP, clockText, dayOf, hoursOf, spanOf } from "./times.js";

export class Grid {
  constructor(root) {
    this.root = root;
    this.heads = find("[data-heads]", root);
    this.body = find("[data-body]", root);
    this.list = find("[data-cells]", root);
    this.ruler = find("[data-ruler]", root);
    this.cells = new Map();
    this.day = null;
    this.columns = [];
  }

  /** `columns`: the tracks that are shown, all of them or, on a phone, one. */
  draw(frame, talks, day, columns) {
    this.frame = frame;
    this.columns = columns;
    this.drawFrame(frame, day);
    const shown = talks.filter((talk) => this.isShown(talk));
    const conflicts = (this.conflicts = standingConflicts(frame, talks));
    const lanes = this.lanesOf(shown);
    for (const talk of shown) this.drawTalk(talk, conflicts.get(talk.id) ?? null, lanes.get(talk.id));
    this.arrange(shown.sort(byTime));
  }

  drawFrame(frame, day) {
    const signature = JSON.stringify([day, frame, this.columns.map(({ id }) => id)]);
    if (this.drawn === signature) return;
    this.drawn = signature;
    this.day = day;
    this.span = spanOf(frame, day);
    this.root.style.setProperty("--tracks", this.columns.length);
    this.body.style.setProperty("--rows", (this.span.ends - this.span.starts) / STEP);
    this.drawHeads();
    this.drawRuler();
    this.drawNow();
  }

  drawHeads() {
    const room = (track) => this.frame.rooms.find(({ id }) => id === track.room_id);
    const heads = this.columns.map((track) =>
      make("div", { class: "te-th" }, make("b", {}, track.name), make("span", {}, room(track)?.name ?? "")),
    );
    this.heads.replaceChildren(...heads);
  }

  drawRuler() {
    const hours = hoursOf(this.frame, this.span).map((moment) => {
      const hour = make("span", { class: "te-hour" }, clockText(this.frame.time_zone, moment));
      hour.style.setProperty("--r", this.rowOf(moment));
      return hour;
    });
    this.ruler.replaceChildren(...hours);
  }

  drawNow() {
    const now = Date.now();
    const line = find("[data-now]", this.body);
    show(line, now >= this.span.starts && now < this.span.ends);
    line.style.setProperty("--r", this.rowOf(now));
    setText(find("span", line), clockText(this.frame.time_zone, now));
  }

  rowOf(moment) {
    return (moment - this.span.starts) / STEP;
  }

  /** One outside the day stands at the day's edge, so that it can be seen and put right. */
  rowInSight({ starts, ends }) {
    const last = this.rowOf(this.span.ends) - (ends - starts) / STEP;
    return Math.max(Math.min(this.rowOf(starts), last), 0);
  }

  isShown(talk) {
    const place = placeOf(talk);
    if (!isPlaced(place) || this.columnOf(talk, place) === null) return false;
    return dayOf(this.frame, place.starts) === this.day || (place.starts < this.span.ends && place.ends > this.span.starts);
  }

  columnOf(talk, place) {
    if (talk.is_for_all_tracks) return 0;
    const column = this.columns.findIndex((track) => track.id === place.track_id);
    return column < 0 ? null : column;
  }

  lanesOf(talks) {
    const lanes = new Map();
    const perTrack = new Map();
    for (const talk of talks) {
      const key = talk.is_for_all_tracks ? "all" : talk.track_id;
      perTrack.set(key, [...(perTrack.get(key) ?? []), talk]);
    }
    for (const group of perTrack.values()) for (const [id, lane] of lanesOf(group)) lanes.set(id, lane);
    return lanes;
  }

  drawTalk(talk, conflicts, { lane, lanes }) {
    const cell = this.cells.get(talk.id) ?? makeCell(talk);
    this.cells.set(talk.id, cell);
    fillCell(cell, talk, this.frame, { change: changeOf(talk), conflicts });
    const place = placeOf(talk);
    const numbers = { "--c": this.columnOf(talk, place), "--r": this.rowInSight(place), "--n": (place.ends - place.starts) / STEP, "--lane": lane, "--lanes": lanes };
    for (const [name, value] of Object.entries(numbers)) {
      if (cell.style.getPropertyValue(name) !== String(value)) cell.style.setProperty(name, value);
    }
  }

  /** Order and remove with as few moves as possible: an element that is moved loses the focus. */
  arrange(talks) {
    const focused = document.activeElement?.closest(".te-cell");
    const wanted = talks.map((talk) => this.cells.get(talk.id));
    const keep = new Set(wanted);
    for (const [id, cell] of this.cells) if (!keep.has(cell)) this.forget(id, cell);
    wanted.forEach((cell, index) => {
      if (this.list.children[index] !== cell) this.list.insertBefore(cell, this.list.children[index] ?? null);
    });
    if (focused?.isConnected && this.list.contains(focused) && !focused.contains(document.activeElement)) find(".te-grab", focused).focus({ preventScroll: true });
    this.keepOneStop();
  }

  forget(id, cell) {
    cell.remove();
    this.cells.delete(id);
  }

  /** One stop for the Tab key: the talk that had the focus last, else the first. */
  keepOneStop(cell = null) {
    const cells = findAll(".te-cell", this.list);
    const stop = cell ?? cells.find((other) => find(".te-grab", other).tabIndex === 0) ?? cells[0];
    for (const other of cells) for (const part of findAll(".te-grab, .te-link", other)) part.tabIndex = other === stop ? 0 : -1;
  }

  scrollTo(moment) {
    const top = this.rowOf(moment) * this.tick;
    this.root.scrollTop = Math.max(top - this.root.clientHeight * 0.2, 0);
  }

  /** The height of five minutes. */
  get tick() {
    return this.body.getBoundingClientRect().height / ((this.span.ends - this.span.starts) / STEP);
  }

  /** The rectangle of the columns, without the ruler. */
  get area() {
    return this.list.getBoundingClientRect();
  }
}
