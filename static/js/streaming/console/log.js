// The log beside the buttons: newest on top, narrowed by track, kind, talk and person. Never read out by itself.
import { find, findAll, make, setAttribute, setText, show } from "../../lib/dom.js";
import { getJson } from "../../lib/http.js";
import { didWhat, say, sourceWord, whoWord } from "./words.js";

const WAIT_MS = 300;

export class Log {
  /** `url` gives rows as JSON for the filter's words, `fileUrl` the whole of them as a file. */
  constructor(section, { clockSeconds, url, fileUrl }) {
    Object.assign(this, { clockSeconds, url, fileUrl });
    this.body = find("[data-log]", section);
    this.none = find("[data-log-none]", section);
    this.more = find("[data-log-more]", section);
    this.form = find("[data-log-form]", section);
    this.file = find("[data-log-file]", section);
    this.buttons = findAll("[data-log-filter]", section);
    this.filter = "all";
    this.asked = null;
    for (const button of this.buttons) button.addEventListener("click", () => this.choose(button.dataset.logFilter));
    this.form.addEventListener("input", () => this.askSoon());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.more.addEventListener("click", () => this.askOlder());
  }

  choose(filter) {
    this.filter = filter;
    for (const button of this.buttons) setAttribute(button, "aria-pressed", String(button.dataset.logFilter === filter));
    this.draw(this.state, this.track);
  }

  /** The words of the filter; the state that is here already is enough without any. */
  words() {
    const { kind, talk, actor } = this.form.elements;
    const given = { kind: kind.value, talk: talk.value.replace(/\D/g, ""), actor: actor.value.trim() };
    if (this.filter === "track") given.track = String(this.track.id);
    return new URLSearchParams(Object.entries(given).filter(([, value]) => value !== ""));
  }

  draw(state, track) {
    const newest = state.log[0]?.id;
    Object.assign(this, { state, track });
    const onlyTrack = this.buttons.find((button) => button.dataset.logFilter === "track");
    setText(onlyTrack, say(gettext("Only %(name)s"), { name: track.name }));
    const words = this.words().toString();
    setAttribute(this.file, "href", words ? `${this.fileUrl}?${words}` : this.fileUrl);
    if (!words) this.forget();
    else if (words !== this.askedWords || newest !== this.askedNewest) this.askSoon();
    this.askedNewest = newest;
    this.drawRows(this.asked?.rows ?? state.log.filter((row) => this.filter === "all" || row.track_id === track.id));
    show(this.more, Boolean(this.asked?.has_more));
  }

  forget() {
    this.asked = null;
    this.askedWords = "";
  }

  askSoon() {
    clearTimeout(this.waiting);
    this.askedWords = this.words().toString();
    this.waiting = setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const words = this.words();
    this.askedWords = words.toString();
    if (!this.askedWords) return this.draw(this.state, this.track);
    const found = await this.rowsFor(words);
    if (found && words.toString() === this.words().toString()) {
      this.asked = found;
      this.draw(this.state, this.track);
    }
  }

  /** The one that is oldest here comes again, with those of its very millisecond. */
  async askOlder() {
    const words = this.words();
    words.set("before", this.asked.rows.at(-1).at);
    const found = await this.rowsFor(words);
    if (!found) return;
    const known = new Set(this.asked.rows.map((row) => row.id));
    this.asked = { rows: [...this.asked.rows, ...found.rows.filter((row) => !known.has(row.id))], has_more: found.has_more };
    this.draw(this.state, this.track);
  }

  async rowsFor(words) {
    try {
      return (await getJson(`${this.url}?${words}`)).body;
    } catch {
      return null;
    }
  }

  drawRows(rows) {
    const drawn = rows.map((row) => row.id).join();
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    show(this.none, rows.length === 0);
    this.body.replaceChildren(...rows.map((row) => this.row(row)));
  }

  row(row) {
    const track = this.state.tracks.find((candidate) => candidate.id === row.track_id);
    const what = make("td", {}, didWhat(row));
    if (row.to?.title) what.append(" ", make("span", { class: "log-title" }, row.to.title));
    return make(
      "tr",
      { "data-row": row.id, class: row.what === "refused" ? "warn" : null },
      make("td", {}, this.clockSeconds(row.at)),
      make("td", {}, make("b", { class: "tm" }, track?.mark ?? "–")),
      make("td", {}, whoWord(row)),
      what,
      make("td", {}, revisionWord(row)),
      make("td", {}, row.source ? sourceWord(row.source) : "–"),
    );
  }
}

/** From which revision to which; of a refused one what was expected and what was there. */
function revisionWord(row) {
  if (row.what === "refused") return `${row.expected_revision} ≠ ${row.present_revision}`.replace(/^(\d+) ≠ \1$/, "$1");
  return row.revision ? `${row.revision - 1} → ${row.revision}` : "–";
}
