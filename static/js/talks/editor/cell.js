// One talk, as it stands in the grid and in the list of those without a time.
import { find, icon, make, setAttribute, setText } from "../../lib/dom.js";
import { isPlaced, placeOf } from "./places.js";
import { marksOf, minutesText, rangeText, say } from "./words.js";

export function makeCell(talk) {
  const grab = make(
    "button",
    { type: "button", class: "te-grab", tabindex: "-1", "aria-describedby": "te-how" },
    make("span", { class: "te-top" }, make("span", { class: "te-time" }), make("span", { class: "te-marks" })),
    make("span", { class: "te-title" }),
    make("span", { class: "te-who" }),
  );
  const link = make("a", { class: "te-link", href: talk.form_url, tabindex: "-1" }, icon("pencil"));
  return make("li", { class: "te-cell", "data-talk": talk.id }, grab, link, make("span", { class: "te-stretch" }));
}

/** `look`: {change, conflicts} of the talk. Nothing is touched when it looks the same as before. */
export function fillCell(cell, talk, frame, look) {
  const signature = JSON.stringify([talk, look]);
  if (cell.dataset.drawn === signature) return;
  cell.dataset.drawn = signature;
  const place = placeOf(talk);
  const length = isPlaced(place) ? place.ends - place.starts : talk.minutes * 60_000;
  setText(find(".te-time", cell), isPlaced(place) ? rangeText(frame, place) : minutesText(length));
  fillTitle(cell, talk);
  fillMarks(cell, marksOf(talk, look.change), look.conflicts);
  cell.className = ["te-cell", ...classesOf(talk, look)].join(" ");
}

function fillTitle(cell, talk) {
  const title = find(".te-title", cell);
  setText(title, talk.title);
  setAttribute(title, "lang", talk.lang);
  setAttribute(find(".te-grab", cell), "title", talk.title);
  setText(find(".te-who", cell), talk.speakers.map(({ name }) => name).join(gettext(", ")));
  const label = say(gettext("Place “%(title)s” by form"), { title: talk.title });
  const link = find(".te-link", cell);
  setAttribute(link, "aria-label", label);
  setAttribute(link, "title", label);
  setAttribute(link, "href", talk.form_url);
}

function fillMarks(cell, marks, conflicts) {
  const words = marks.map(({ name, text }) => make("span", { class: `te-mark ${name}` }, text));
  if (conflicts) words.unshift(make("span", { class: "te-mark clash" }, icon("warning"), gettext("Conflict")));
  find(".te-marks", cell).replaceChildren(...words);
}

function classesOf(talk, { change, conflicts }) {
  return [
    talk.kind,
    talk.is_for_all_tracks && "all",
    change && "changed",
    talk.is_cancelled && "gone",
    talk.is_on_air && "air",
    talk.unconfirmed,
    conflicts && "clash",
  ].filter(Boolean);
}
