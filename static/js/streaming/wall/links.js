// Links for screens: made, copied once, ended.
import { embedded, find, make, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { say } from "./words.js";

export class Links {
  constructor(dialog, { base, day }) {
    Object.assign(this, { dialog, base, day });
    this.form = find("[data-links-form]", dialog);
    this.form.addEventListener("submit", (event) => this.make(event));
    find("[data-links-close]", dialog).addEventListener("click", () => dialog.close());
    find("[data-links-copy]", dialog).addEventListener("click", () => this.copy());
    dialog.addEventListener("close", () => this.forget());
    this.draw(embedded("wall-links"));
  }

  open() {
    this.dialog.showModal();
  }

  async make(event) {
    event.preventDefault();
    const { name, days } = Object.fromEntries(new FormData(this.form));
    const answer = await this.send(this.base, { name, days: Number(days) });
    if (!answer) return;
    find("[data-links-url]", this.dialog).value = answer.url;
    show(find("[data-links-new]", this.dialog), true);
    this.form.reset();
    this.draw(answer.links);
  }

  async end(link) {
    const answer = await this.send(`${this.base}/${link.id}`, {});
    if (answer) this.draw(answer.links);
  }

  /** What was typed stays when it did not work. */
  async send(url, body) {
    this.refuse("");
    try {
      return (await sendJson("POST", url, body)).body;
    } catch (error) {
      const isMalformed = error.status === 422;
      this.refuse(isMalformed ? gettext("Give it a name, and 1 to 31 days.") : gettext("That did not work. Try it again."));
      return null;
    }
  }

  refuse(text) {
    const refusal = find("[data-links-refusal]", this.dialog);
    setText(refusal, text);
    show(refusal, text !== "");
  }

  async copy() {
    const field = find("[data-links-url]", this.dialog);
    field.select();
    await navigator.clipboard?.writeText(field.value).catch(() => {});
    setText(find("[data-links-copy]", this.dialog), gettext("Copied"));
  }

  /** The address is nowhere to be read once the dialog is closed. */
  forget() {
    find("[data-links-url]", this.dialog).value = "";
    show(find("[data-links-new]", this.dialog), false);
    setText(find("[data-links-copy]", this.dialog), gettext("Copy"));
  }

  draw(links) {
    find("[data-links-list]", this.dialog).replaceChildren(...links.map((link) => this.row(link)));
  }

  row(link) {
    const button = make("button", { type: "button", class: "btn sm danger", "aria-label": say(gettext("End it: %(name)s"), { name: link.name }) }, gettext("End it"));
    button.addEventListener("click", () => this.end(link));
    const by = link.made_by ? say(gettext("made by %(name)s"), { name: link.made_by }) : null;
    const words = [this.stateWord(link), by].filter(Boolean).join("・");
    return make("li", {}, make("span", {}, make("b", {}, link.name), make("small", {}, words)), link.is_valid ? button : null);
  }

  stateWord(link) {
    if (link.is_revoked) return gettext("ended");
    if (!link.is_valid) return gettext("run out");
    return say(gettext("valid until %(day)s"), { day: this.day(link.expires_at) });
  }
}
