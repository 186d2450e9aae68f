// One question of the list. It is drawn again when it changes; a form that is open in it stays.
import { icon, make, setAttribute, setText, show } from "../../lib/dom.js";
import { AnswerForm } from "./answer_form.js";
import { Menu } from "./menu.js";
import { isAnswered } from "./state.js";
import { roleWord, voteLabel } from "./words.js";

export class Row {
  /** `desk` carries what a press does: vote, remove, answer, change, merge, removeAnswer. */
  constructor(question, { desk, times }) {
    Object.assign(this, { desk, times, question });
    this.count = make("b");
    this.vote = make("button", { type: "button", class: "vote" }, icon("arrow-up"), this.count);
    this.vote.addEventListener("click", () => desk.vote(this.question));
    this.text = make("p", { class: "q-t", dir: "auto" });
    this.meta = make("p", { class: "q-m" });
    this.answers = make("div", { class: "q-as" });
    this.form = new AnswerForm((body, key) => desk.answer(this.question, body, key));
    this.menu = new Menu(desk, () => this.form.open());
    this.body = make("div", { class: "q-b" }, this.text, this.meta, this.answers, this.form.element, this.menu.element);
    this.element = make("li", { class: "q", "data-question": question.id }, this.vote, this.body);
  }

  draw(question, list, others) {
    this.question = question;
    setText(this.text, question.body);
    this.drawVote(question, list);
    this.drawMeta(question);
    this.drawAnswers(question, list);
    this.element.classList.toggle("hot", question.is_pinned);
    this.element.classList.toggle("hid", question.is_hidden === true);
    this.menu.draw(question, list, others);
    if (!list.current_user_role) this.form.close();
  }

  drawVote(question, list) {
    setText(this.count, String(question.votes_count));
    setAttribute(this.vote, "aria-pressed", String(question.has_voted));
    setAttribute(this.vote, "aria-label", voteLabel(question));
    this.vote.disabled = !list.can_ask || question.is_hidden === true;
  }

  drawMeta(question) {
    const marks = [
      ["st", question.is_hidden === true, gettext("Hidden from viewers")],
      ["st", question.is_pinned, gettext("Pinned")],
      ["st done", isAnswered(question), gettext("Answered")],
      ["st mine", question.is_mine, gettext("Your question")],
    ];
    const time = make("time", { datetime: question.created_at }, this.times.time(question.created_at));
    const spans = marks.filter(([, holds]) => holds).map(([name, , text]) => make("span", { class: name }, text));
    replaceWhenOther(this.meta, [time, ...spans]);
  }

  drawAnswers(question, list) {
    replaceWhenOther(this.answers, question.answers.map((answer) => this.answer(question, answer, list)));
    show(this.answers, question.answers.length > 0);
  }

  answer(question, answer, list) {
    const { type, name } = answer.answerer;
    const time = make("time", { datetime: answer.created_at }, this.times.time(answer.created_at));
    const head = make("p", { class: "q-m" }, name ? make("b", {}, name) : null, make("span", { class: "st role" }, roleWord(type)), time);
    if (answer.is_mine || list.can_delete) {
      const remove = make("button", { type: "button", "data-remove-answer": answer.id }, gettext("Delete answer"));
      remove.addEventListener("click", () => this.desk.removeAnswer(this.question, answer));
      head.append(remove);
    }
    return make("div", { class: "ans" }, head, make("p", { dir: "auto" }, answer.body));
  }
}

/** Only when something differs, so that a focus and a selection inside are left alone. */
function replaceWhenOther(element, children) {
  const next = children.map((child) => child.outerHTML).join("");
  if (element.drawn === next) return;
  element.drawn = next;
  element.replaceChildren(...children);
}
