// What opens under a message: reactions, reply, one's own, report, and what moderators do.
import { find, make } from "../../lib/dom.js";
import { reactionButton } from "./row.js";
import { REACTIONS } from "./words.js";

const button = (act, words, kind = "") => make("button", { type: "button", class: `btn sm ${kind}`, "data-act": act }, words);

/** `may`: {write, own, moderate, silence}. */
export function actionsOf(message, may, own) {
  const marks = Object.keys(REACTIONS).map((kind) => reactionButton(kind, 0, own.has(kind), true));
  return make(
    "div",
    { class: "chat-acts", "data-acts": true },
    may.write ? make("div", { class: "chat-marks" }, ...marks) : null,
    make("div", { class: "chat-buttons" }, ...buttonsFor(may)),
  );
}

function buttonsFor(may) {
  return [
    may.write ? button("reply", gettext("Reply")) : null,
    may.own ? button("edit", gettext("Change")) : null,
    may.own ? button("delete", gettext("Delete")) : null,
    may.write && !may.own ? button("report", gettext("Report")) : null,
    may.moderate ? button("hide", gettext("Hide")) : null,
    may.moderate && !may.own ? button("remove", gettext("Delete"), "danger") : null,
    may.silence ? button("silence", gettext("Silence for 10 minutes")) : null,
    may.silence ? button("ban", gettext("Exclude from the event"), "danger") : null,
  ].filter(Boolean);
}

const QUESTIONS = {
  edit: () => gettext("Your message"),
  report: () => gettext("What is wrong with it? The moderators read this."),
  silence: () => gettext("Reason. The person reads it."),
  ban: () => gettext("Reason. The person reads it, and all their messages vanish."),
};

export const asksFor = (act) => act in QUESTIONS;

/** A small form in the place of the buttons; `submit` gets the text. Escape and Cancel close it. */
export function askFor(act, { text = "", longest = 200, submit, cancel }) {
  const id = `chat-${act}-text`;
  const form = make(
    "form",
    { class: "chat-acts chat-ask", "data-acts": true },
    make("label", { for: id }, QUESTIONS[act]()),
    make("textarea", { id, maxlength: longest, rows: 2, required: act !== "report" }),
    make(
      "div",
      { class: "chat-buttons" },
      make("button", { class: "btn sm primary" }, gettext("Send")),
      make("button", { type: "button", class: "btn sm", "data-cancel": true }, gettext("Cancel")),
    ),
  );
  find("textarea", form).value = text;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(find("textarea", form).value.trim());
  });
  find("[data-cancel]", form).addEventListener("click", cancel);
  form.addEventListener("keydown", (event) => event.key === "Escape" && cancel());
  return form;
}
