// The last switches of the selected track: asked for, accepted, written into the picture, seen by viewers. Times
// are counted from the request; what is not known is said, not left out.
import { find, make, setText, show } from "../../lib/dom.js";
import { say, shownWord } from "./words.js";

const shownBy = (row) => shownWord({ talk: row.talk_id ? { talk_id: row.talk_id } : null, card: row.card });

/** "+12 ms", "+3.2 s". */
export function laterWord(milliseconds) {
  const late = Math.max(Math.round(milliseconds), 0);
  if (late < 1000) return say(gettext("+%(n)s ms"), { n: late });
  return say(gettext("+%(n)s s"), { n: (late / 1000).toFixed(1) });
}

const between = (from, to) => Date.parse(to) - Date.parse(from);

/** From the request; a switch of before these times were kept has none, and then from its acceptance. */
const begun = (row) => row.requested_at ?? row.accepted_at;

export const acceptedWord = (row) => (row.requested_at ? laterWord(between(row.requested_at, row.accepted_at)) : "–");

export function pictureWord(row) {
  const words = {
    waiting: () => gettext("not yet"),
    written: () => laterWord(between(begun(row), row.written_at)),
    not_supported: () => gettext("not supported"),
    no_picture: () => gettext("no picture"),
    superseded: () => gettext("overtaken"),
    failed: () => gettext("failed"),
  };
  return words[row.mark]?.() ?? "–";
}

/** Two lines: the first viewer, then half of those who were asked and how many that were. */
export function seenWords(row) {
  if (!row.seen) return [gettext("no report")];
  const late = between(begun(row), row.accepted_at);
  const first = say(gettext("first %(time)s"), { time: laterWord(late + row.seen.first_ms) });
  const half = say(gettext("half %(time)s, of %(n)s"), { time: laterWord(late + row.seen.median_ms), n: row.seen.count });
  return [first, half];
}

/** Why the newest of those that failed is not in the picture; empty when none did. */
export function failureWord(rows) {
  const row = rows.find((candidate) => candidate.mark === "failed");
  if (!row) return "";
  const why = row.fault === "permission" ? say(gettext("the permission %(name)s is missing."), { name: row.fault_subject }) : row.error;
  return say(gettext("%(what)s is not in the picture: %(why)s"), { what: shownBy(row), why });
}

export class Switches {
  constructor(root) {
    this.root = root;
    this.drawn = null;
  }

  draw(track, look) {
    const drawn = JSON.stringify([track.id, track.switches]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const rows = track.switches;
    show(find(".sw-t", this.root), rows.length > 0);
    show(find("[data-switch-none]", this.root), rows.length === 0);
    find("[data-switch-rows]", this.root).replaceChildren(...rows.map((row) => this.row(row, look)));
    const why = find("[data-switch-why]", this.root);
    setText(why, failureWord(rows));
    show(why, why.textContent !== "");
  }

  row(row, { clockSeconds }) {
    const [first, half] = seenWords(row);
    return make(
      "tr",
      { "data-switch": row.revision },
      make("th", { scope: "row", title: row.title }, make("time", { datetime: begun(row) }, clockSeconds(begun(row))), " ", make("b", {}, shownBy(row))),
      make("td", {}, acceptedWord(row)),
      make("td", { class: row.mark === "failed" ? "bad" : null }, pictureWord(row)),
      make("td", {}, first, half ? make("span", {}, half) : null),
    );
  }
}
