// The sentences around a bookmark, and the two questions that somebody on site is asked.
import { find, make } from "../lib/dom.js";

const SHOWN_MS = 8000;
let toast = null;

function place() {
  return find("[data-toasts]") ?? document.body.appendChild(make("div", { class: "toasts", role: "status", "data-toasts": true }));
}

/** One at a time; it stays while it is pointed at or focused. */
export function say(text, link = null) {
  toast?.remove();
  const shown = make("div", { class: "toastd" }, make("span", {}, text), link);
  toast = shown;
  place().append(shown);
  const leave = () => (shown.matches(":hover, :focus-within") ? setTimeout(leave, 1000) : shown.remove());
  setTimeout(leave, SHOWN_MS);
}

export const signInLink = () =>
  make(
    "a",
    { class: "btn sm", href: `/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}` },
    gettext("Sign in"),
  );

const quoted = (talks) => talks.map((talk) => interpolate(gettext("“%s”"), [talk.title])).join(gettext(", "));

export function sayOverlap(talks) {
  say(interpolate(gettext("Bookmarked. At the same time you also have %s."), [quoted(talks)]));
}

/** Resolves to the pressed button's value, or null. The safe one has the focus. */
function ask(question, text, verb, otherwise) {
  const dialog = make(
    "dialog",
    { "aria-labelledby": "agenda-question" },
    make(
      "form",
      { method: "dialog" },
      make("h2", { id: "agenda-question" }, question),
      make("p", {}, text),
      make(
        "div",
        { class: "dlg-acts" },
        make("button", { class: "btn", value: "", autofocus: true }, otherwise),
        make("button", { class: "btn primary", value: "yes" }, verb),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
  });
}

export function askToReplace(title, talks) {
  return ask(
    interpolate(gettext("Replace %s?"), [quoted(talks)]),
    interpolate(gettext("It runs at the same time as “%s”, and on site you can sit in one room only. Your seat there is given up."), [title]),
    gettext("Replace"),
    gettext("Keep as it is"),
  );
}

export function askWithoutSeat(title) {
  return ask(
    interpolate(gettext("No seat is left for “%s”"), [title]),
    gettext("You can bookmark it without a seat and watch it online, or try again later: seats become free."),
    gettext("Bookmark without a seat"),
    gettext("Leave it"),
  );
}
