// The form under a question for those who may answer. What was typed stays until it was taken.
import { make, setText, show } from "../../lib/dom.js";
import { newKey } from "./requests.js";
import { refusalText } from "./words.js";

const LONGEST = 2000;
let number = 0;

export class AnswerForm {
  constructor(send) {
    this.send = send;
    const id = `answer-${(number += 1)}`;
    this.field = make("textarea", { id, rows: 3, maxlength: LONGEST, required: true });
    this.fault = make("p", { class: "fault", role: "alert", hidden: true });
    this.button = make("button", { class: "btn primary sm" }, gettext("Send the answer"));
    const cancel = make("button", { type: "button", class: "btn sm" }, gettext("Cancel"));
    this.element = make(
      "form",
      { class: "ask q-answer", hidden: true },
      make("label", { for: id }, gettext("Your answer")),
      this.field,
      this.fault,
      make("div", {}, cancel, this.button),
    );
    cancel.addEventListener("click", () => this.close());
    this.element.addEventListener("submit", (event) => this.submit(event));
  }

  open() {
    this.key ??= newKey();
    show(this.element, true);
    this.field.focus();
  }

  close() {
    show(this.element, false);
  }

  async submit(event) {
    event.preventDefault();
    if (!this.field.value.trim() || this.button.disabled) return;
    this.button.disabled = true;
    show(this.fault, false);
    try {
      await this.send(this.field.value, this.key);
      this.field.value = "";
      this.key = null;
      this.close();
    } catch (error) {
      setText(this.fault, refusalText(error));
      show(this.fault, true);
    }
    this.button.disabled = false;
  }
}
