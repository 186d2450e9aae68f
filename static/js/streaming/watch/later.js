// What is still to come on the track that is watched, day by day.
import { make, setText } from "../../lib/dom.js";
import { namesOf } from "./talk.js";

const MOST_ROWS = 12;

export function talksToCome(programme, track, now) {
  // A talk that was on air is over, even when the plan gave it more time; a late one is still to come.
  const from = track.next ? Date.parse(track.next.starts_at) : now;
  const isToCome = (row) =>
    (row.track_id === null || row.track_id === track.id) &&
    Date.parse(row.starts_at) >= from &&
    row.talk_id !== track.on_air?.talk_id;
  return programme.filter(isToCome).slice(0, MOST_ROWS);
}

export class LaterView {
  constructor(root, { times, now, timetableUrl }) {
    Object.assign(this, { root, times, now, timetableUrl, drawn: null });
  }

  draw(programme, track) {
    const rows = track ? talksToCome(programme, track, this.now()) : [];
    const drawn = JSON.stringify(rows.map((row) => [row.talk_id, row.title, row.starts_at, row.speakers]));
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.root.replaceChildren(...(rows.length ? this.days(rows) : [this.nothing()]));
  }

  days(rows) {
    const days = Map.groupBy ? Map.groupBy(rows, (row) => this.times.dayKey(row.starts_at)) : this.group(rows);
    return [...days.values()].flatMap((ofDay) => {
      const list = make("ol", { class: "prog-l" }, ...ofDay.map((row) => this.row(row)));
      return days.size > 1 ? [make("h2", { class: "p-day" }, this.times.day(ofDay[0].starts_at)), list] : [list];
    });
  }

  group(rows) {
    const days = new Map();
    for (const row of rows) {
      const key = this.times.dayKey(row.starts_at);
      days.set(key, [...(days.get(key) ?? []), row]);
    }
    return days;
  }

  row(row) {
    const time = make("time", { datetime: row.starts_at }, this.times.time(row.starts_at));
    const words = [make("b", { lang: row.lang }, row.title), make("small", {}, namesOf(row))];
    const kind = { class: row.kind === "break" ? "is-break" : null };
    return make("li", kind, time, row.url && row.kind !== "break" ? make("a", { href: row.url }, ...words) : make("span", {}, ...words));
  }

  nothing() {
    const fact = make("b");
    setText(fact, gettext("Nothing more is planned on this track"));
    const link = make("a", { href: this.timetableUrl }, gettext("To the timetable"));
    return make("div", { class: "p-none" }, fact, make("p", {}, link));
  }
}
