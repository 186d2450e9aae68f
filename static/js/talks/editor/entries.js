// A new break or talk: it comes into the list, and from there to its place.
import { HttpError } from "../../lib/http.js";
import { find, setText, show } from "../../lib/dom.js";

export class Entries {
  constructor(dialog, store, made) {
    this.dialog = dialog;
    this.store = store;
    this.made = made;
    this.form = find("form", dialog);
    this.form.addEventListener("submit", (event) => this.submit(event));
  }

  open() {
    this.fail({});
    this.dialog.showModal();
  }

  async submit(event) {
    event.preventDefault();
    try {
      const answer = await this.store.command(this.store.urls.entries, this.wish());
      this.form.reset();
      this.dialog.close();
      this.made(answer.talk);
    } catch (error) {
      const isKnown = error instanceof HttpError && error.body?.errors;
      this.fail(isKnown ? error.body.errors : { "": [gettext("Not added: the server did not answer.")] });
    }
  }

  wish() {
    const { kind, title, minutes, lang, all } = Object.fromEntries(new FormData(this.form));
    return { kind, title, minutes: Number(minutes), lang, is_for_all_tracks: all === "on" };
  }

  fail(errors) {
    const lines = Object.values(errors).flat();
    const line = find("[data-fault]", this.dialog);
    setText(line, lines.join(" "));
    show(line, lines.length > 0);
    for (const field of this.form.elements) if (field.name) field.setAttribute("aria-invalid", String(field.name in errors));
  }
}
