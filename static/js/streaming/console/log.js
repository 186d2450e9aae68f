// The log beside the buttons: newest on top, all tracks or only the selected one. Never read out by itself.
import { findAll, make, setAttribute, setText, show } from "../../lib/dom.js";
import { didWhat, say, sourceWord, whoWord } from "./words.js";

export class Log {
  constructor(section, { clockSeconds }) {
    this.body = section.querySelector("[data-log]");
    this.none = section.querySelector("[data-log-none]");
    this.buttons = findAll("[data-log-filter]", section);
    this.clockSeconds = clockSeconds;
    this.filter = "all";
    for (const button of this.buttons) button.addEventListener("click", () => this.choose(button.dataset.logFilter));
  }

  choose(filter) {
    this.filter = filter;
    for (const button of this.buttons) setAttribute(button, "aria-pressed", String(button.dataset.logFilter === filter));
    this.draw(this.state, this.track);
  }

  draw(state, track) {
    Object.assign(this, { state, track });
    const onlyTrack = this.buttons.find((button) => button.dataset.logFilter === "track");
    setText(onlyTrack, say(gettext("Only %(name)s"), { name: track.name }));
    const rows = state.log.filter((row) => this.filter === "all" || row.track_id === track.id);
    const drawn = rows.map((row) => row.id).join();
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    show(this.none, rows.length === 0);
    this.body.replaceChildren(...rows.map((row) => this.row(row, state)));
  }

  row(row, state) {
    const track = state.tracks.find((candidate) => candidate.id === row.track_id);
    const what = make("td", {}, didWhat(row));
    if (row.to?.title) what.append(" ", make("span", { class: "log-title" }, row.to.title));
    return make(
      "tr",
      { "data-row": row.id },
      make("td", {}, this.clockSeconds(row.at)),
      make("td", {}, make("b", { class: "tm" }, track?.mark ?? "–")),
      make("td", {}, whoWord(row)),
      what,
      make("td", {}, row.revision ? `${row.revision - 1} → ${row.revision}` : "–"),
      make("td", {}, row.source ? sourceWord(row.source) : "–"),
    );
  }
}
