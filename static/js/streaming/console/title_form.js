// The live correction of a title. Whoever watches sees it at once, so the form says whose title it changes.
import { find, setText, show } from "../../lib/dom.js";
import { HttpError, sendJson } from "../../lib/http.js";
import { keep, forget, recall } from "../../lib/storage.js";
import { say } from "./words.js";

export class TitleForm {
  constructor(part, { urlOf, ask, tell }) {
    Object.assign(this, { part, urlOf, ask, tell });
    this.form = find("[data-title-form]", part);
    this.refusal = find("[data-title-refusal]", part);
    this.form.addEventListener("submit", (event) => this.send(event));
    this.form.addEventListener("input", () => this.remember());
    find("[data-title-reset]", part).addEventListener("click", () => this.discard());
  }

  /** The talk that is on air, else the one that the take button names. A text being written keeps its talk. */
  draw(talk) {
    if (this.isEdited && this.talk) return;
    show(this.part, talk !== null);
    if (!talk) return;
    if (this.talk?.talk_id === talk.talk_id && this.talk.title === talk.title && this.talk.lang === talk.lang) return;
    this.talk = talk;
    this.fill(talk.title, talk.lang);
    this.recallDraft();
    this.drawHint();
  }

  fill(title, lang) {
    this.form.elements.title.value = title;
    this.form.elements.title.lang = lang;
    this.form.elements.lang.value = lang;
    show(this.refusal, false);
  }

  drawHint() {
    const hint = gettext("#%(id)s is called “%(title)s” now. Everybody who watches sees the new title at once.");
    setText(find("[data-title-hint]", this.part), say(hint, { id: this.talk.talk_id, title: this.talk.title }));
  }

  key() {
    return `draft:title-${this.talk.talk_id}`;
  }

  remember() {
    this.isEdited = true;
    const { title, lang } = this.form.elements;
    keep(this.key(), JSON.stringify({ title: title.value, lang: lang.value, drawn: this.talk.title }));
  }

  recallDraft() {
    const draft = JSON.parse(recall(this.key()) ?? "null");
    if (!draft || draft.drawn !== this.talk.title) return;
    this.form.elements.title.value = draft.title;
    this.form.elements.lang.value = draft.lang;
    this.isEdited = true;
  }

  discard() {
    this.isEdited = false;
    forget(this.key());
    this.fill(this.talk.title, this.talk.lang);
  }

  async send(event) {
    event.preventDefault();
    const { title, lang } = this.form.elements;
    const body = { title: title.value, lang: lang.value, drawn_title: this.talk.title };
    try {
      await sendJson("POST", this.urlOf(this.talk.talk_id), body);
      this.sent();
    } catch (error) {
      this.refused(error);
    }
    this.ask();
  }

  sent() {
    forget(this.key());
    this.isEdited = false;
    show(this.refusal, false);
    this.tell(gettext("The title is corrected."));
  }

  /** Both texts stay in sight: theirs in the sentence, mine in the field. Sending again is on top of theirs. */
  refused(error) {
    show(this.refusal, true);
    const [what, now] = error instanceof HttpError ? this.reason(error) : [gettext("That did not reach the server. Your text is kept."), ""];
    setText(find("[data-title-refusal-what]", this.refusal), what);
    setText(find("[data-title-refusal-now]", this.refusal), now);
  }

  reason(error) {
    if (error.status === 409) {
      this.talk = { ...this.talk, title: error.body.title, lang: error.body.lang };
      this.remember();
      this.drawHint();
      const theirs = say(gettext("It is called “%(title)s” now."), { title: error.body.title });
      return [gettext("Somebody else corrected this title in the meantime. Your text is still in the field."), theirs];
    }
    if (error.status === 422) return [gettext("A title has 1 to 200 characters."), ""];
    if (error.status === 401) return [gettext("You are no longer signed in. Your text is kept."), ""];
    return [gettext("You may not correct this title."), ""];
  }
}
