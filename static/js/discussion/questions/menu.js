// What may be done with a question, folded behind one button. Escape closes it and returns the focus.
import { make, setText, show } from "../../lib/dom.js";

let number = 0;

export class Menu {
  constructor(desk, openAnswer) {
    Object.assign(this, { desk, openAnswer, question: null });
    this.list = make("div", { class: "q-acts", id: `question-acts-${(number += 1)}`, hidden: true });
    this.button = make(
      "button",
      { type: "button", class: "q-more", "aria-expanded": "false", "aria-controls": this.list.id },
      gettext("More"),
    );
    this.reply = make("button", { type: "button", class: "q-reply" }, gettext("Answer"));
    this.element = make("div", { class: "q-menu" }, this.reply, this.button, this.list);
    this.reply.addEventListener("click", openAnswer);
    this.button.addEventListener("click", () => this.toggle(this.list.hidden));
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.escape(event));
  }

  toggle(isOpen) {
    show(this.list, isOpen);
    this.button.setAttribute("aria-expanded", String(isOpen));
  }

  escape(event) {
    if (this.list.hidden) return;
    event.stopPropagation();
    this.toggle(false);
    this.button.focus();
  }

  draw(question, list, others) {
    this.question = question;
    const acts = actsOf(question, list, others);
    show(this.reply, Boolean(list.current_user_role) && !list.closed && question.is_hidden !== true);
    show(this.button, acts.length > 0);
    setText(this.button, gettext("More"));
    this.button.setAttribute("aria-label", gettext("More to do with this question"));
    const shape = JSON.stringify(acts);
    if (shape !== this.shape) this.list.replaceChildren(...acts.map((act) => this.act(act)));
    this.shape = shape;
    show(this.element, !this.reply.hidden || acts.length > 0);
    if (acts.length === 0) this.toggle(false);
  }

  act({ name, word, changes }) {
    const button = make("button", { type: "button", class: "btn sm", "data-act": name }, word);
    button.addEventListener("click", () => this.do(name, changes));
    return button;
  }

  do(name, changes) {
    this.toggle(false);
    this.button.focus();
    if (changes) this.desk.change(this.question, changes);
    else if (name === "merge") this.desk.merge(this.question);
    else this.desk.remove(this.question);
  }
}

function actsOf(question, list, others) {
  const desk = list.can_moderate ? deskActs(question, others) : [];
  const mayDelete = question.is_mine || list.can_delete;
  return mayDelete ? [...desk, { name: "remove", word: gettext("Delete") }] : desk;
}

function deskActs(question, others) {
  const isAnswered = question.state === "answered";
  const acts = [
    {
      name: "state",
      word: isAnswered ? gettext("Mark unanswered") : gettext("Mark answered"),
      changes: { state: isAnswered ? "open" : "answered" },
    },
    {
      name: "pin",
      word: question.is_pinned ? gettext("Unpin") : gettext("Pin on top"),
      changes: { is_pinned: !question.is_pinned },
    },
    {
      name: "hide",
      word: question.is_hidden ? gettext("Show again") : gettext("Hide"),
      changes: { is_hidden: !question.is_hidden },
    },
  ];
  return others > 0 ? [...acts, { name: "merge", word: gettext("Merge into another…") }] : acts;
}
