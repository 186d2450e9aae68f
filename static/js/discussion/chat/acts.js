// What is done with a message on the page: opened by its button, sent, and told when it was refused.
import { find } from "../../lib/dom.js";
import { actionsOf, askFor, asksFor } from "./actions.js";
import * as known from "./room_state.js";
import { refusalOf } from "./words.js";

const LONGEST_MESSAGE = 512;
const SILENCE_MINUTES = 10;

export class Acts {
  constructor(chat) {
    this.chat = chat;
    chat.root.addEventListener("click", (event) => this.clicked(event));
    chat.list.list.addEventListener("keydown", (event) => event.key === "Escape" && this.escape(event));
  }

  clicked(event) {
    const button = event.target.closest("button");
    const row = button?.closest("[data-message]");
    if (!row) return;
    const message = this.message(Number(row.dataset.message));
    if (!message) return;
    if ("more" in button.dataset) this.toggle(row, message, button);
    else if (button.dataset.react) this.react(message, button.dataset.react);
    else if (button.dataset.act) this.act(row, message, button.dataset.act);
  }

  escape(event) {
    const row = event.target.closest("[data-message]");
    this.chat.list.closeActions();
    find("[data-more]", row)?.focus();
  }

  message(id) {
    const { messages, waiting } = this.chat.state;
    return [...messages, ...waiting].find((row) => row.id === id);
  }

  toggle(row, message, button) {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    this.chat.list.closeActions();
    if (isOpen) return;
    const own = this.chat.state.ownReactions.get(message.id) ?? new Set();
    row.append(actionsOf(message, this.may(message), own));
    button.setAttribute("aria-expanded", "true");
    find("[data-acts]", row).scrollIntoView({ block: "nearest" });
  }

  may(message) {
    const { me } = this.chat.state;
    const isOwn = known.isMine(this.chat.state, message);
    const isShown = message.state !== "waiting";
    return {
      write: Boolean(me?.can_write) && isShown,
      own: isOwn,
      moderate: Boolean(me?.can_moderate),
      silence: Boolean(me?.can_moderate) && !isOwn && message.member !== null && message.badge !== "staff",
    };
  }

  act(row, message, act) {
    if (act === "reply") {
      this.chat.list.closeActions();
      this.chat.composer.reply(message);
    } else if (asksFor(act)) {
      this.ask(row, message, act);
    } else {
      this.run(message, act, "");
    }
  }

  ask(row, message, act) {
    const isEdit = act === "edit";
    const form = askFor(act, {
      text: isEdit ? message.body : "",
      longest: isEdit ? LONGEST_MESSAGE : undefined,
      submit: (text) => this.run(message, act, text),
      cancel: () => this.escape({ target: form }),
    });
    find("[data-acts]", row).replaceWith(form);
    find("textarea", form).focus();
  }

  async run(message, act, text) {
    try {
      await this.send(message, act, text);
      this.chat.list.closeActions();
    } catch (error) {
      this.chat.composer.say(refusalOf(error));
    }
  }

  async send(message, act, text) {
    const { requests, state } = this.chat;
    const room = state.trackId;
    if (act === "edit") return this.take(await requests.edit(room, message.id, text));
    if (act === "report") {
      await requests.report(room, message.id, text);
      return this.chat.composer.say(gettext("Thank you. The moderators will look at it."));
    }
    if (act === "silence") return requests.silence(message.member, SILENCE_MINUTES, text);
    if (act === "ban") return requests.silence(message.member, null, text);
    if (act === "delete") await requests.remove(room, message.id);
    else await requests.moderate(room, message.id, act);
    return this.chat.accept(known.applyGone(this.chat.state, message.id));
  }

  take(row) {
    this.chat.accept(known.applyOwn(this.chat.state, row));
  }

  async react(message, kind) {
    const { requests, state, composer } = this.chat;
    const isSet = !state.ownReactions.get(message.id)?.has(kind);
    try {
      const row = await requests.react(state.trackId, message.id, kind, isSet, composer.name.value.trim());
      this.chat.accept(known.applyReaction(this.replaced(row), message.id, kind, isSet));
    } catch (error) {
      composer.say(refusalOf(error));
      if (error.body?.code === "name_needed") composer.askName(true);
    }
  }

  /** The answer is the message as it is for everybody; whose it is stays as it was. */
  replaced(row) {
    const { state } = this.chat;
    return { ...state, messages: state.messages.map((old) => (old.id === row.id ? row : old)) };
  }
}
