// The rows of the moderators' page.
import { make } from "../../lib/dom.js";

const button = (act, words, kind = "") => make("button", { type: "button", class: `btn sm ${kind}`, "data-do": act }, words);

function messageRow(row, time, buttons) {
  const silencing = row.member === null || row.badge === "staff" ? [] : [button("silence", gettext("Silence for 10 minutes")), button("ban", gettext("Exclude from the event"), "danger")];
  return make(
    "li",
    { "data-row": row.id, "data-track": row.track_id, "data-member": row.member },
    make("p", { class: "who-said" }, make("b", {}, row.name || gettext("Somebody who has left")), ` ${row.track}・${time(row.created_at)}`),
    make("p", { class: "said" }, row.body || gettext("The author has deleted it.")),
    ...row.reports.map((report) => make("p", { class: "was" }, report.reason ? `${report.reason}: ${report.text}` : report.text)),
    make("div", { class: "chat-buttons" }, ...buttons, ...silencing),
  );
}

const waiting = (row, time) =>
  messageRow(row, time, [button("approve", gettext("Approve"), "primary"), button("hide", gettext("Hide"))]);

const reported = (row, time) =>
  messageRow(row, time, [
    row.state === "deleted" ? null : button("hide", gettext("Hide")),
    row.state === "deleted" ? null : button("remove", gettext("Delete"), "danger"),
    button("dismiss", gettext("Nothing wrong")),
  ].filter(Boolean));

const hidden = (row, time) =>
  messageRow(row, time, [button("show", gettext("Show again")), button("remove", gettext("Delete"), "danger")]);

function silences(row, time) {
  const until = row.until
    ? interpolate(gettext("until %(time)s"), { time: time(row.until) }, true)
    : gettext("for the whole event");
  return make(
    "li",
    { "data-row": row.id },
    make("p", { class: "who-said" }, make("b", {}, row.name || gettext("Somebody who has left")), ` ${until}`),
    make("p", { class: "said" }, row.reason),
    make("p", { class: "who-said" }, row.by),
    make("div", { class: "chat-buttons" }, button("lift", gettext("Let them write again"))),
  );
}

function log(row, time) {
  const what = [row.words, row.name, row.track].filter(Boolean).join("・");
  return make(
    "li",
    {},
    make("p", { class: "who-said" }, `${time(row.at)} `, make("b", {}, what), row.by ? `・${row.by}` : null),
    row.text || row.note ? make("p", {}, [row.note, row.text].filter(Boolean).join(": ")) : null,
  );
}

export const DRAWN = { waiting, reported, hidden, silences, log };
