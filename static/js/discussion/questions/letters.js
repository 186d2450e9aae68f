// One's own questions that are still on their way, above the list.
import { make, show } from "../../lib/dom.js";
import { letterText } from "./words.js";

export class Letters {
  constructor(element, outbox) {
    Object.assign(this, { element, outbox });
  }

  draw() {
    const { letters } = this.outbox;
    show(this.element, letters.length > 0);
    const shape = JSON.stringify(letters);
    if (shape === this.shape) return;
    this.shape = shape;
    this.element.replaceChildren(...letters.map((letter) => this.row(letter)));
  }

  row(letter) {
    const isFailed = letter.state === "failed";
    const status = make("p", { class: "q-m" }, make("span", { class: "st mine" }, gettext("Your question")), make("span", {}, letterText(letter)));
    if (letter.state !== "sending") status.append(...this.buttons(letter));
    const body = make("div", { class: "q-b" }, make("p", { class: "q-t", dir: "auto" }, letter.body), status);
    return make("li", { class: isFailed ? "q fail" : "q pend" }, make("span", { class: "vote", "aria-hidden": "true" }, "–"), body);
  }

  buttons(letter) {
    const again = make("button", { type: "button" }, gettext("Send again"));
    const drop = make("button", { type: "button" }, gettext("Discard"));
    again.addEventListener("click", () => this.outbox.again(letter));
    drop.addEventListener("click", () => this.outbox.discard(letter));
    return [again, drop];
  }
}
