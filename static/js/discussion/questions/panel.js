// The whole panel: what is known (state.js), what is drawn of it, and what presses do. See questions.js.
import { find, findAll, setText, show } from "../../lib/dom.js";
import { AskForm } from "./ask_form.js";
import { Desk } from "./desk.js";
import { Letters } from "./letters.js";
import { Outbox } from "./outbox.js";
import { Reader } from "./reader.js";
import { Requests } from "./requests.js";
import { Row } from "./row.js";
import { Speech } from "./speech.js";
import { applyFrame, arrange, counts, emptyState, isAnswered, nextTalk, waiting, withQuestion } from "./state.js";
import { timesIn } from "./times.js";

export class Questions {
  constructor(root) {
    Object.assign(this, { root, state: emptyState(), rows: new Map(), fault: null });
    this.times = timesIn(root.dataset.zone);
    this.requests = new Requests(root.dataset.event);
    this.speech = new Speech(find("[data-questions-say]", root));
    this.desk = new Desk(this);
    this.reader = new Reader(this);
    this.form = new AskForm(find("[data-ask]", root), (talkId, body) => this.outbox.post(talkId, body));
    this.outbox = new Outbox({
      send: (talkId, letter) => this.requests.ask(talkId, letter),
      onSent: (question) => this.asked(question),
      onChange: () => this.letters.draw(),
    });
    this.letters = new Letters(find("[data-letters]", root), this.outbox);
    this.listen();
    this.draw();
  }

  listen() {
    for (const button of findAll("[data-sort]", this.root)) {
      button.addEventListener("click", () => this.arrange({ sort: button.dataset.sort }));
    }
    find("[data-unanswered]", this.root).addEventListener("click", () =>
      this.arrange({ unansweredOnly: !this.state.unansweredOnly }),
    );
    find("[data-new]", this.root).addEventListener("click", () => this.showNew());
    find("[data-again]", this.root).addEventListener("click", () => this.reader.ask());
  }

  // What the page says

  follow(talkId) {
    if (talkId === this.state.talkId) return;
    const isFirst = this.state.talkId === null;
    this.state = nextTalk(this.state, talkId);
    this.fault = null;
    this.rows.clear();
    this.list().replaceChildren();
    this.speech.forget();
    this.outbox.open(talkId);
    this.letters.draw();
    this.reader.start(isFirst);
    this.draw();
  }

  frame(kind, revision, body) {
    const before = this.state;
    this.state = applyFrame(before, { kind, revision, body });
    if (this.state === before) return;
    this.tell(kind, before, body);
    this.reader.heard(kind, body);
    this.draw();
  }

  connected(isOpen) {
    this.reader.connected(isOpen);
  }

  // What was heard

  tell(kind, before, body) {
    if (kind === "question.voted") return;
    const known = before.questions.get(body.id);
    const now = this.state.questions.get(body.id);
    if (kind === "question.asked" && !known && !this.isOwnLetter(body)) this.speech.newQuestion();
    if (now?.is_mine && isAnswered(now) && known && !isAnswered(known)) this.speech.ownAnswered();
  }

  /** A list that was asked for brings news as well. */
  tellList(before) {
    if (before.list === null || before.list.isBorrowed) return;
    for (const question of this.state.questions.values()) {
      const kind = before.questions.has(question.id) || question.is_mine ? "question.changed" : "question.asked";
      this.tell(kind, before, question);
    }
  }

  /** Something that was asked for did not work; an empty text takes it back. */
  complain(text) {
    const element = find("[data-complaint]", this.root);
    setText(element, text);
    show(element, text !== "");
  }

  /** The frame can be faster than the answer to one's own request. */
  isOwnLetter(question) {
    return this.outbox.letters.some((letter) => letter.body.trim() === question.body);
  }

  asked(question) {
    this.speech.now(gettext("Your question was sent."));
    this.take(question);
  }

  /** A whole question that came as an answer: it may be older than the frames, so only new things are taken. */
  take(question) {
    if (question.talk_id !== this.state.talkId || this.state.list === null) return;
    this.state = withQuestion(this.state, question);
    this.draw();
  }

  change(state) {
    this.state = state;
    this.draw();
  }

  // What the reader chooses

  arrange(changes) {
    this.state = arrange(this.state, changes);
    this.draw();
  }

  showNew() {
    this.arrange({});
    this.list().scrollTop = 0;
    find("[data-question] .vote", this.list())?.focus();
  }

  // What is shown

  list() {
    return find("[data-list]", this.root);
  }

  draw() {
    const { list } = this.state;
    this.drawTools();
    this.drawRows();
    this.drawNote();
    show(this.form.form, Boolean(list?.can_ask));
    this.form.offer(list ? { id: list.talk_id, title: list.title, lang: list.lang } : null);
    const detail = counts(this.state);
    this.root.dispatchEvent(new CustomEvent("questions:counted", { bubbles: true, detail }));
  }

  drawTools() {
    const { list, sort, unansweredOnly } = this.state;
    show(find("[data-tools]", this.root), this.state.questions.size > 0);
    for (const button of findAll("[data-sort]", this.root)) {
      button.setAttribute("aria-pressed", String(button.dataset.sort === sort));
    }
    find("[data-unanswered]", this.root).setAttribute("aria-pressed", String(unansweredOnly));
    const count = list ? waiting(this.state).filter((question) => !this.isOwnLetter(question)).length : 0;
    const text = ngettext("%(count)s new question", "%(count)s new questions", count);
    setText(find("[data-new-text]", this.root), interpolate(text, { count }, true));
    show(find("[data-new]", this.root), count > 0);
  }

  drawRows() {
    const holder = this.list();
    const { order, questions, list } = this.state;
    const others = order.filter((id) => !questions.get(id).is_hidden).length - 1;
    const elements = order.map((id) => this.row(questions.get(id), list, others).element);
    for (const [id, row] of this.rows) if (!order.includes(id)) this.leave(id, row);
    place(holder, elements);
    show(holder, order.length > 0);
  }

  row(question, list, others) {
    if (!this.rows.has(question.id)) {
      this.rows.set(question.id, new Row(question, { desk: this.desk, times: this.times }));
    }
    const row = this.rows.get(question.id);
    row.draw(question, list, others);
    return row;
  }

  /** The focus must not fall out of the page with a question that is taken away. */
  leave(id, row) {
    const hadFocus = row.element.contains(document.activeElement);
    row.element.remove();
    this.rows.delete(id);
    if (hadFocus) this.root.focus({ preventScroll: true });
  }

  drawNote() {
    const note = noteOf(this.state, this.fault);
    const element = find("[data-note]", this.root);
    show(element, note !== null);
    setText(find("[data-note-text]", element), note?.text ?? "");
    show(find("[data-again]", element), Boolean(note?.again));
    show(find("[data-sign-in]", element), Boolean(note?.signIn));
    show(find("[data-register]", element), Boolean(note?.register));
  }
}

/** Only what stands elsewhere is moved: a field that is being written in would lose its focus. */
function place(holder, elements) {
  elements.forEach((element, index) => {
    if (holder.children[index] !== element) holder.insertBefore(element, holder.children[index] ?? null);
  });
}

/** The one sentence that says why there is nothing, or nothing to do. */
function noteOf({ talkId, list, questions, order, unansweredOnly }, fault) {
  if (talkId === null) return { text: gettext("Questions belong to a talk: there is none now.") };
  if (fault?.status === 401) return { text: gettext("Sign in to read the questions and to ask."), signIn: true };
  if (fault?.status === 403) return { text: gettext("Register to read the questions and to ask."), register: true };
  if (fault && list === null) return { text: gettext("The questions could not be loaded."), again: true };
  if (list === null) return { text: gettext("The questions are being loaded.") };
  if (list.closed) return { text: list.closed.message };
  if (!list.signed_in) return { text: gettext("Sign in to ask and to vote."), signIn: true };
  if (!list.can_ask && !list.current_user_role && !list.can_moderate) {
    return { text: gettext("Register to ask and to vote."), register: true };
  }
  if (questions.size === 0) return { text: gettext("Nobody has asked yet.") };
  return unansweredOnly && order.length === 0 ? { text: gettext("Every question has been answered.") } : null;
}
