// One message on the page. Text is always set as text; addresses become links by links.js.
import { make } from "../../lib/dom.js";
import { partsOf } from "./links.js";
import { REACTIONS, badgeName, reactionName } from "./words.js";

/** `look`: {time, isMine, isWaiting, own: Set of reactions, parent: message or null, canAct}. */
export function rowOf(message, look) {
  const element = make(
    "li",
    {
      "data-message": message.id,
      class: [message.badge ? "staff" : "", look.isWaiting ? "pend" : ""].join(" ").trim() || null,
    },
    make("time", { datetime: message.created_at }, look.time),
    make(
      "div",
      { class: "chat-say" },
      look.parent === undefined ? null : quoteOf(look.parent),
      make(
        "p",
        {},
        make("b", {}, message.name || gettext("Somebody who has left")),
        message.badge ? make("span", { class: "role" }, badgeName(message.badge)) : null,
        ...bodyOf(message.body),
        message.is_edited ? make("small", { class: "q-m" }, gettext("changed")) : null,
        look.isWaiting ? make("small", { class: "q-m" }, gettext("awaiting approval")) : null,
      ),
      look.isWaiting ? null : reactionsOf(message, look),
    ),
    look.canAct ? moreButton(message) : null,
  );
  return element;
}

function bodyOf(text) {
  return partsOf(text).map(({ text: words, href }) =>
    href ? make("a", { href, target: "_blank", rel: "noopener nofollow ugc" }, words) : words,
  );
}

function quoteOf(parent) {
  const words = parent
    ? interpolate(gettext("to %(name)s: %(text)s"), { name: parent.name, text: shortened(parent.body) }, true)
    : gettext("to an earlier message");
  return make("p", { class: "chat-to" }, words);
}

export const shortened = (text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

function reactionsOf(message, look) {
  const kinds = Object.keys(REACTIONS).filter((kind) => message.reactions[kind]);
  if (!kinds.length) return null;
  const buttons = kinds.map((kind) => reactionButton(kind, message.reactions[kind], look.own.has(kind), look.canAct));
  return make("div", { class: "chat-marks" }, ...buttons);
}

export function reactionButton(kind, count, isOwn, canAct) {
  const label = count ? `${reactionName(kind)}: ${count}` : reactionName(kind);
  return make(
    "button",
    { type: "button", "data-react": kind, "aria-pressed": String(isOwn), "aria-label": label, disabled: !canAct },
    make("span", { "aria-hidden": "true" }, REACTIONS[kind]),
    count ? ` ${count}` : null,
  );
}

function moreButton(message) {
  const label = interpolate(gettext("More about the message of %(name)s"), { name: message.name }, true);
  return make(
    "button",
    { type: "button", class: "chat-more", "data-more": true, "aria-expanded": "false", "aria-label": label },
    "⋯",
  );
}

/** A message on its way: it is not in the log's order yet. */
export function pendingRow(entry) {
  const words = entry.isLate ? gettext("Not sent yet. It is tried again by itself.") : gettext("Sending…");
  return make(
    "li",
    { "data-pending": entry.key, class: "pend" },
    make("time", {}, ""),
    make("p", {}, entry.body, " ", make("small", { class: "q-m" }, words)),
  );
}
