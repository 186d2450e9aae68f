// The form to ask. What is being written stays with its talk: when another talk follows, the form says whom the
// text is for and offers to move on. Drafts outlive a reload (lib/drafts.js).
import { find, setAttribute, setText, show } from "../../lib/dom.js";
import { forgetDraft, restoreDraft, saveDraft } from "../../lib/drafts.js";

const LONGEST = 500;
// As the server counts: a sign outside the basic plane is one.
const lengthOf = (text) => [...text].length;

export class AskForm {
  constructor(form, post) {
    Object.assign(this, { form, post, talk: null, followed: null });
    this.field = find("textarea", form);
    this.left = find("[data-left]", form);
    this.button = find("[data-send]", form);
    this.fault = find("[data-fault]", form);
    this.elsewhere = find("[data-elsewhere]", form);
    this.field.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", (event) => this.submit(event));
    find("[data-move]", form).addEventListener("click", () => this.moveOn());
  }

  /** The page follows another talk: {id, title, lang}, or null. */
  offer(talk) {
    this.followed = talk;
    const isWriting = this.talk && this.field.value.trim() !== "";
    if (!isWriting || this.talk.id === talk?.id) this.open(talk);
    this.draw();
  }

  open(talk) {
    const isOther = talk?.id !== this.talk?.id;
    this.talk = talk;
    if (isOther) this.recall();
    this.draw();
  }

  /** The text goes along to the talk that is followed now. */
  moveOn() {
    forgetDraft(this.form);
    this.talk = this.followed;
    this.form.dataset.draft = `question-${this.talk.id}`;
    this.typed();
    this.field.focus();
  }

  recall() {
    this.field.value = "";
    if (!this.talk) return;
    this.form.dataset.draft = `question-${this.talk.id}`;
    restoreDraft(this.form);
  }

  typed() {
    if (this.talk) saveDraft(this.form);
    this.draw();
  }

  submit(event) {
    event.preventDefault();
    const body = this.field.value.trim();
    if (!this.talk || !body || lengthOf(body) > LONGEST) return this.complain(body);
    forgetDraft(this.form);
    this.field.value = "";
    this.post(this.talk.id, body);
    this.open(this.followed);
    this.draw();
    this.field.focus();
  }

  complain(body) {
    const words = body
      ? interpolate(gettext("Please use at most %(longest)s characters."), { longest: LONGEST }, true)
      : gettext("Please write your question first.");
    setText(this.fault, words);
    show(this.fault, true);
    setAttribute(this.field, "aria-invalid", "true");
    this.field.focus();
  }

  draw() {
    const length = lengthOf(this.field.value.trim());
    setText(this.left, `${length} / ${LONGEST}`);
    this.left.classList.toggle("over", length > LONGEST);
    if (length > 0 && length <= LONGEST) this.forgive();
    const isElsewhere = this.talk !== null && this.followed !== null && this.talk.id !== this.followed?.id;
    show(this.elsewhere, isElsewhere);
    if (isElsewhere) this.drawElsewhere();
  }

  forgive() {
    show(this.fault, false);
    setAttribute(this.field, "aria-invalid", null);
  }

  drawElsewhere() {
    const title = find("[data-elsewhere-title]", this.elsewhere);
    setText(title, this.talk.title);
    setAttribute(title, "lang", this.talk.lang);
  }
}
