// Shift the timetable of the selected track: asked in a dialog, previewed by the server, done with one press.
import { find, findAll, make, setAttribute, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { driftLine } from "./drift.js";
import { minutesWord, shiftRefusal } from "./shift_words.js";
import { numbered, say } from "./words.js";

const MOST = 120;
const PREVIEW_MS = 120;

/** The talk that a shift begins with: the chosen one, else what is on air, else the next. */
export function shiftTalk(track, chosenId) {
  const wanted = chosenId ?? track.on_air?.talk_id ?? track.next?.talk_id;
  return track.playlist.find((talk) => talk.talk_id === wanted && talk.is_published && !talk.is_cancelled) ?? null;
}

export class Shift {
  /** `urlOf(trackId, "shifts")`, `ask()` for the state, `tell(text)` says a line politely. */
  constructor({ root, dialog, urlOf, clockTime, ask, tell }) {
    Object.assign(this, { root, dialog, urlOf, clockTime, ask, tell });
    this.apply = find("[data-shift-apply]", dialog);
    for (const button of findAll("[data-shift-by]", root)) button.addEventListener("click", () => this.open(Number(button.dataset.shiftBy)));
    for (const button of findAll("[data-shift-step]", dialog)) button.addEventListener("click", () => this.step(Number(button.dataset.shiftStep)));
    for (const radio of findAll("[name=scope]", dialog)) radio.addEventListener("change", () => this.preview());
    find("[data-shift-undo]", root).addEventListener("click", () => this.undo());
    find("form", dialog).addEventListener("submit", (event) => this.submit(event));
    dialog.addEventListener("keydown", (event) => this.key(event));
    find("[data-shift-close]", dialog).addEventListener("click", () => dialog.close());
  }

  draw(track, chosenId, { now }) {
    Object.assign(this, { track, chosenId });
    setText(find("[data-drift]", this.root), driftLine(track, now));
    const talk = shiftTalk(track, chosenId);
    for (const button of findAll("[data-shift-by]", this.root)) setAttribute(button, "disabled", talk ? null : "");
    const { shift } = track;
    show(find("[data-shift-last]", this.root), shift !== null);
    if (!shift) return;
    const line = gettext("Shifted by %(minutes)s from #%(id)s on, by %(name)s at %(time)s.");
    const values = { minutes: minutesWord(shift.minutes), id: shift.talk_id ?? "?", name: shift.by ?? "?", time: this.clockTime(shift.at) };
    setText(find("[data-shift-line]", this.root), say(line, values));
  }

  /** The dialog keeps the track that it was opened for, whatever happens behind it. */
  open(minutes) {
    const talk = shiftTalk(this.track, this.chosenId);
    if (!talk) return this.tell(shiftRefusal("cannot_shift"));
    this.asked = { trackId: this.track.id, name: this.track.name, talk, minutes };
    this.refuse("");
    setText(find("[data-shift-what]", this.dialog), say(gettext("Track %(name)s, from %(id)s on"), { name: this.asked.name, id: numbered(talk) }));
    setText(find("[data-shift-title]", this.dialog), talk.title);
    find("[data-shift-title]", this.dialog).lang = talk.lang;
    this.dialog.showModal();
    this.apply.focus();
    this.drawMinutes();
    this.preview();
  }

  step(minutes) {
    this.asked.minutes = Math.max(-MOST, Math.min(MOST, this.asked.minutes + minutes));
    this.drawMinutes();
    this.preview();
  }

  key(event) {
    const minutes = { "+": 1, "-": -1 }[event.key];
    if (!minutes || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.step(minutes);
  }

  drawMinutes() {
    setText(find("[data-shift-minutes]", this.dialog), minutesWord(this.asked.minutes));
    setText(this.apply, say(gettext("Shift by %(minutes)s"), { minutes: minutesWord(this.asked.minutes) }));
    this.ready(null);
  }

  ready(plan) {
    this.plan = plan;
    const isReady = plan !== null && plan.conflicts.length === 0;
    setAttribute(this.apply, "aria-disabled", isReady ? null : "true");
  }

  body() {
    const scope = find("[name=scope]:checked", this.dialog).value;
    return { talk_id: this.asked.talk.talk_id, minutes: this.asked.minutes, scope };
  }

  preview() {
    clearTimeout(this.waiting);
    this.ready(null);
    this.waiting = setTimeout(() => this.fetchPlan(), PREVIEW_MS);
  }

  async fetchPlan() {
    const [asked, body] = [this.asked, this.body()];
    if (body.minutes === 0) return this.drawPlan({ moves: [], conflicts: [], apart: [] }, false);
    try {
      const answer = await sendJson("POST", this.urlOf(asked.trackId, "shifts/preview"), body);
      if (JSON.stringify(this.body()) === JSON.stringify(body) && asked === this.asked) this.drawPlan(answer.body, true);
    } catch (error) {
      this.refuse(shiftRefusal(error.body?.code));
    }
  }

  drawPlan(plan, canApply) {
    this.refuse(plan.conflicts.join(" "));
    find("[data-shift-moves]", this.dialog).replaceChildren(...plan.moves.map((move) => this.move(move)));
    const apart = find("[data-shift-apart]", this.dialog);
    show(apart, plan.apart.length > 0);
    setText(apart, say(gettext("An unpublished draft moves these elsewhere, and stays as it is: %(titles)s"), { titles: plan.apart.join(", ") }));
    this.ready(canApply ? plan : null);
  }

  move({ title, lang, before, after }) {
    const times = (pair) => pair.map(this.clockTime).join("–");
    return make("li", {}, make("span", { class: "sh-t" }, make("s", {}, times(before)), " ", make("b", {}, times(after))), make("span", { lang }, title));
  }

  refuse(text) {
    const box = find("[data-shift-refusal]", this.dialog);
    show(box, text !== "");
    setText(find("b", box), text);
  }

  async submit(event) {
    event.preventDefault();
    if (!this.plan || this.plan.conflicts.length || this.isSending) return;
    this.isSending = true;
    const [starts_at, ends_at] = this.plan.moves[0].before;
    try {
      await sendJson("POST", this.urlOf(this.asked.trackId, "shifts"), { ...this.body(), starts_at, ends_at });
      this.dialog.close();
      this.tell(say(gettext("Shifted by %(minutes)s. Viewers see the new times."), { minutes: minutesWord(this.asked.minutes) }));
    } catch (error) {
      this.refuse([shiftRefusal(error.body?.code), ...(error.body?.conflicts ?? [])].join(" "));
    }
    this.isSending = false;
    this.ask();
  }

  async undo() {
    try {
      await sendJson("POST", this.urlOf(this.track.id, `shifts/${this.track.shift.id}/undo`), {});
      this.tell(gettext("The talks stand where they stood before."));
    } catch (error) {
      this.tell([shiftRefusal(error.body?.code), ...(error.body?.conflicts ?? [])].join(" "));
    }
    this.ask();
  }
}

