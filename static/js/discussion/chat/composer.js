// Where one writes: the name at first, the text, the reply it belongs to, and the seconds until one may write again.
import { find, setText, show } from "../../lib/dom.js";
import { forgetDraft, restoreDraft, startDraft } from "../../lib/drafts.js";
import { shortened } from "./row.js";

const LONGEST = 512;
const LEFT_FROM = 80;

export class Composer {
  /** `send({body, reply_to, name})` is called with what is to be sent. */
  constructor(root, { send }) {
    this.form = find("[data-chat-form]", root);
    this.text = find("[name=body]", this.form);
    this.name = find("[name=name]", this.form);
    this.left = find("[data-chat-left]", this.form);
    this.button = find("[data-chat-send]", this.form);
    this.words = this.button.textContent;
    this.status = find("[data-chat-status]", this.form);
    this.replyLine = find("[data-chat-reply]", this.form);
    this.replyTo = null;
    this.until = 0;
    this.send = send;
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("input", () => this.drawLeft());
    find("[data-chat-unreply]", this.form).addEventListener("click", () => this.reply(null));
  }

  /** The draft of a room is kept with the room. */
  enter(event, trackId) {
    this.form.dataset.draft = `chat-${event}-${trackId}`;
    this.text.value = "";
    this.reply(null);
    this.say("");
    if (this.isStarted) restoreDraft(this.form);
    else startDraft(this.form);
    this.isStarted = true;
    this.drawLeft();
  }

  submit() {
    const body = this.text.value.trim();
    if (!body || this.isResting()) return this.text.focus();
    if (!this.name.closest("[data-chat-name]").hidden && !this.name.value.trim()) {
      this.say(gettext("Please choose the name that the others read beside your messages."));
      return this.name.focus();
    }
    this.say("");
    this.send({ body, reply_to: this.replyTo?.id ?? null, name: this.name.value.trim() });
    this.text.value = "";
    this.reply(null);
    forgetDraft(this.form);
    this.drawLeft();
    return this.text.focus();
  }

  /** A message was refused: its words come back, unless something else is being written by now. */
  giveBack(entry, words) {
    if (!this.text.value) this.text.value = entry.body;
    this.drawLeft();
    this.say(words);
  }

  reply(message) {
    this.replyTo = message;
    show(this.replyLine, message !== null);
    if (!message) return;
    const words = interpolate(gettext("Reply to %(name)s: %(text)s"), { name: message.name, text: shortened(message.body) }, true);
    setText(find("[data-chat-reply-to]", this.replyLine), words);
    this.text.focus();
  }

  /** A person without a name in this event is asked for one. */
  askName(isWanted) {
    show(this.name.closest("[data-chat-name]"), isWanted);
  }

  say(words) {
    setText(this.status, words);
  }

  drawLeft() {
    const left = LONGEST - this.text.value.length;
    const isNear = left < LEFT_FROM;
    const words = ngettext("%(count)s character left", "%(count)s characters left", left);
    setText(this.left, isNear ? interpolate(words, { count: left }, true) : "");
  }

  // The countdown

  rest(seconds) {
    this.until = Math.max(this.until, performance.now() + seconds * 1000);
    clearInterval(this.timer);
    this.timer = setInterval(() => this.tick(), 250);
    this.tick();
  }

  isResting() {
    return this.until > performance.now();
  }

  tick() {
    const left = Math.ceil((this.until - performance.now()) / 1000);
    this.button.disabled = left > 0;
    const words = left > 0 ? interpolate(gettext("In %(count)s s"), { count: left }, true) : this.words;
    setText(this.button, words);
    if (left > 0) return;
    clearInterval(this.timer);
    if (this.status.dataset.wait) this.say("");
  }
}
