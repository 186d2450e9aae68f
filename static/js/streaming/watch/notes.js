// Private notes, one text per talk, kept in this browser only. A text that is being written stays with its talk
// when the talk on air changes; the button moves on.
import { find, setText, show } from "../../lib/dom.js";
import { forget, keep, recall } from "../../lib/storage.js";

export class Notes {
  constructor(root, event) {
    Object.assign(this, { root, event, talk: null, current: null });
    this.field = find("[data-notes-text]", root);
    this.field.addEventListener("input", () => this.save());
    find("[data-notes-move]", root).addEventListener("click", () => this.moveOn());
  }

  /** The talk on air has changed (or is first known). */
  offer(talk) {
    this.current = talk;
    const isWriting = document.activeElement === this.field && this.talk !== null;
    if (isWriting && this.talk?.talk_id !== talk?.talk_id) this.draw();
    else this.open(talk);
  }

  open(talk) {
    const isOther = talk?.talk_id !== this.talk?.talk_id;
    this.talk = talk;
    if (isOther || this.field.value === "") this.field.value = talk ? recall(this.key(), "") : "";
    this.field.disabled = talk === null;
    this.draw();
  }

  moveOn() {
    this.open(this.current);
    this.field.focus();
  }

  key() {
    return `memo:${this.event}:${this.talk.talk_id}`;
  }

  save() {
    if (!this.talk) return;
    if (this.field.value) keep(this.key(), this.field.value);
    else forget(this.key());
  }

  draw() {
    const place = find("[data-notes-talk]", this.root);
    setText(place, this.talk?.title ?? gettext("Notes belong to a talk: there is none now."));
    place.lang = this.talk?.lang ?? document.documentElement.lang;
    show(find("[data-notes-move]", this.root), this.talk?.talk_id !== this.current?.talk_id);
  }
}
