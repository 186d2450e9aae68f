// A new break or talk: it comes into the list, and from there to its place.
import { HttpError } from "../../lib/http.js";
import { find, setText, show } from "../../lib/dom.js";
import { keep, recall } from "../../lib/storage.js";

const KIND_KEY = "timetable-editor-kind";
// What of these is meant for everybody, as long as nobody says otherwise.
const FOR_ALL = new Set(["break", "keynote"]);

export class Entries {
  constructor(dialog, store, made) {
    this.dialog = dialog;
    this.store = store;
    this.made = made;
    this.form = find("form", dialog);
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.elements.kind.addEventListener("change", () => this.fitKind());
    this.form.elements.kind.value = recall(KIND_KEY, "talk");
    this.fitKind();
  }

  fitKind() {
    this.form.elements.all.checked = FOR_ALL.has(this.form.elements.kind.value);
  }

  open() {
    this.fail({});
    this.dialog.showModal();
  }

  async submit(event) {
    event.preventDefault();
    try {
      const answer = await this.store.command(this.store.urls.entries, this.wish());
      this.startAnother();
      this.dialog.close();
      this.made(answer.talk);
    } catch (error) {
      const isKnown = error instanceof HttpError && error.body?.errors;
      this.fail(isKnown ? error.body.errors : { "": [gettext("Not added: the server did not answer.")] });
    }
  }

  /** The next entry is mostly one of the same sort: only the title goes. */
  startAnother() {
    keep(KIND_KEY, this.form.elements.kind.value);
    this.form.elements.title.value = "";
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
