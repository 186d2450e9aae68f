// The talks without a time: a list with a search and a filter by kind.
import { find, findAll, make, setText, show } from "../../lib/dom.js";
import { fillCell, makeCell } from "./cell.js";
import { changeOf, isPlaced, placeOf } from "./places.js";
import { KINDS, say } from "./words.js";

const plain = (text) => text.normalize("NFKC").toLowerCase();

/** Whether every word of the search stands in the title, a speaker's name or the kind. */
export function isFound(talk, search, kind) {
  if (kind && talk.kind !== kind) return false;
  const text = plain([talk.title, ...talk.speakers.map(({ name }) => name)].join(" "));
  return plain(search).split(/\s+/).every((word) => text.includes(word));
}

export class Tray {
  constructor(root, onChange) {
    this.root = root;
    this.list = find("[data-unscheduled]", root);
    this.search = find("[data-search]", root);
    this.kind = find("[data-kind]", root);
    this.cells = new Map();
    this.search.addEventListener("input", onChange);
    this.kind.addEventListener("change", onChange);
    this.fillKinds();
  }

  fillKinds() {
    const options = Object.entries(KINDS).map(([value, name]) => make("option", { value }, name()));
    this.kind.append(...options);
  }

  draw(frame, talks) {
    const waiting = talks.filter((talk) => !isPlaced(placeOf(talk)));
    const found = waiting.filter((talk) => isFound(talk, this.search.value, this.kind.value));
    for (const talk of found) this.drawTalk(frame, talk);
    this.arrange(found);
    setText(find("[data-waiting]", this.root), String(waiting.length));
    this.tellNothing(talks, waiting, found);
  }

  drawTalk(frame, talk) {
    const cell = this.cells.get(talk.id) ?? makeCell(talk);
    this.cells.set(talk.id, cell);
    fillCell(cell, talk, frame, { change: changeOf(talk), conflicts: null });
  }

  arrange(talks) {
    const wanted = talks.map((talk) => this.cells.get(talk.id));
    for (const [id, cell] of this.cells) {
      if (wanted.includes(cell)) continue;
      cell.remove();
      this.cells.delete(id);
    }
    wanted.forEach((cell, index) => {
      if (this.list.children[index] !== cell) this.list.insertBefore(cell, this.list.children[index] ?? null);
      for (const part of findAll(".te-grab, .te-link", cell)) part.tabIndex = 0;
    });
  }

  tellNothing(talks, waiting, found) {
    const text = waiting.length
      ? say(gettext("None of the %(count)s unscheduled talks fits."), { count: waiting.length })
      : gettext("Every talk has its place. Drag one here to take it off the timetable.");
    const empty = find("[data-nothing]", this.root);
    show(empty, talks.length > 0 && found.length === 0);
    setText(empty, text);
    show(find("[data-no-talks]", this.root), talks.length === 0);
  }
}
