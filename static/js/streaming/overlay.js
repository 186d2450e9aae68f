// Draws what lies over the picture: a whole card, a thin sheet over the last frame, a small label, "sound only",
// or the big button when the browser plays nothing by itself.
import { icon, make } from "../lib/dom.js";
import { countdownText, isUrgent } from "./countdown.js";

const CLASSES = { card: "ov", thin: "ov thin", play: "ov thin", listen: "listen", label: "buf" };

export class Overlay {
  constructor(root, { act, now }) {
    Object.assign(this, { root, act, now, element: null, drawn: null, countTo: null });
    setInterval(() => this.count(), 1000);
  }

  /** `words` is null when nothing lies over the picture. The same words are not drawn twice. */
  show(kind, words) {
    const wanted = words && JSON.stringify([kind, words]);
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    const hadFocus = this.element?.contains(document.activeElement);
    this.element?.remove();
    this.element = words && this.draw(kind, words);
    this.countTo = words?.countTo ? Date.parse(words.countTo) : null;
    if (!this.element) return;
    // Below the buttons: they stay in reach under every state that leaves them something to do.
    this.root.querySelector("[data-control=unmute]").before(this.element);
    this.count();
    if (hadFocus) this.element.querySelector("button, a")?.focus();
  }

  draw(kind, words) {
    if (kind === "label") return make("p", { class: CLASSES.label, "data-overlay": kind }, words.title);
    const body = make("div", {}, make("h2", {}, words.title));
    if (words.countTo) body.append(make("p", {}, make("b", { class: "cnt", "data-count": true, "aria-hidden": "true" })));
    if (words.talk) body.append(this.talkLine(words));
    if (words.text) body.append(make("p", {}, words.text));
    if (words.action) body.append(this.button(words.action));
    return make("div", { class: CLASSES[kind], "data-overlay": kind }, body);
  }

  talkLine({ talk, at }) {
    return make("p", {}, make("time", { datetime: talk.starts_at }, at), " ", make("span", { lang: talk.lang }, talk.title));
  }

  button({ label, href, does, icon: name }) {
    if (href) return make("a", { class: "btn ondark", href }, label);
    const button = make("button", { type: "button", class: "btn ondark", "data-does": does }, name ? icon(name) : null, label);
    button.addEventListener("click", () => this.act(does));
    return button;
  }

  count() {
    const place = this.element?.querySelector("[data-count]");
    if (!place || this.countTo === null) return;
    const left = this.countTo - this.now();
    place.textContent = countdownText(left);
    place.classList.toggle("urgent", isUrgent(left));
  }
}
