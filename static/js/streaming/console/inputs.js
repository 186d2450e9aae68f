// Where the selected track's picture comes from: another input now or at a time, and which ones there are.
import { find, findAll, make, setAttribute, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { activeLine, inputWord, outcome, planLine, refusedWord } from "./input_words.js";
import { secondsUntil } from "./state.js";
import { say } from "./words.js";

const ARMED_MS = 5_000;
const isOpen = (row) => row.state === "asked" || row.state === "accepted";

/** What a button for an input is: "pending" while a switch to it is open, "active" as last seen, "idle" or "off". */
export function buttonState(inputs, name) {
  if (!inputs.is_running) return "off";
  const open = inputs.recent.find(isOpen);
  if (open) return open.to === name ? "pending" : "idle";
  return inputs.active === name ? "active" : "idle";
}

/** A moment as a datetime-local field of the event's zone takes it. */
export function localTime(moment, zone) {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return parts.format(new Date(moment)).replace(" ", "T");
}

export class Inputs {
  /** `urlOf(trackId, "inputs")`, `ask()` for the state, `tell(text)` says a line politely. */
  constructor(root, { urlOf, zone, ask, tell }) {
    Object.assign(this, { root, urlOf, zone, ask, tell });
    this.buttons = find("[data-input-buttons]", root);
    this.plan = find("[data-input-plan]", root);
    this.choice = find("[data-input-choice]", root);
    this.sent = new Map();
    this.buttons.addEventListener("click", (event) => this.clicked(event));
    this.buttons.addEventListener("keydown", (event) => this.typed(event));
    find("[data-input-plans]", root).addEventListener("click", (event) => this.cancel(event.target.closest("[data-cancel]")));
    this.plan.addEventListener("submit", (event) => this.planned(event));
    this.choice.addEventListener("submit", (event) => this.chosen(event));
    this.choice.addEventListener("input", () => (this.isEdited = true));
  }

  draw(track, look) {
    if (this.track?.id !== track.id) this.begin();
    Object.assign(this, { track, look });
    show(this.root, track.inputs !== null);
    if (!track.inputs) return;
    setText(find("[data-input-line]", this.root), activeLine(track.inputs, look.now));
    show(find("[data-input-switching]", this.root), track.inputs.names.length > 1);
    this.drawButtons(track.inputs);
    this.drawPlans(track.inputs.planned);
    this.drawLog(track.inputs.recent);
    this.drawChoice(track.inputs);
  }

  /** Another track: what was armed, written or refused belongs to the one before. */
  begin() {
    this.armed = null;
    this.isEdited = false;
    this.plan.reset();
    this.refuse("[data-input-refusal]", null);
    this.refuse("[data-input-choice-refusal]", null);
  }

  // Now

  drawButtons(inputs) {
    const key = inputs.names.join();
    if (key !== this.drawnNames) {
      this.buttons.replaceChildren(...inputs.names.map(button));
      this.plan.elements.to.replaceChildren(...inputs.names.map((name) => make("option", { value: name }, inputWord(name))));
      this.plan.elements.to.value = inputs.names.at(-1);
    }
    this.drawnNames = key;
    if (this.armed && performance.now() > this.armed.until) this.armed = null;
    for (const one of findAll("[data-input]", this.buttons)) this.drawButton(one, buttonState(inputs, one.dataset.input));
    show(this.plan.closest("details"), inputs.is_running);
  }

  drawButton(one, state) {
    const isArmed = this.armed?.to === one.dataset.input;
    one.classList.toggle("armed", isArmed);
    one.classList.toggle("off-studio", state === "active" && one.dataset.input === "slate");
    setAttribute(one, "aria-pressed", state === "active" ? "true" : "false");
    setAttribute(one, "aria-disabled", state === "idle" && !this.isBusy() ? null : "true");
    const words = {
      active: gettext("active now"),
      pending: gettext("under way…"),
      off: gettext("encoder stopped"),
      idle: isArmed ? gettext("Enter switches") : gettext("switch now"),
    };
    setText(find("small", one), words[state]);
  }

  /** Until the state knows what was sent, a press would only be refused. */
  isBusy() {
    const number = this.sent.get(this.track.id);
    return number !== undefined && number >= this.track.inputs.next_number;
  }

  /** A click without a pointer comes from a screen reader: the first arms, the second fires. */
  clicked(event) {
    const one = event.target.closest("[data-input]");
    if (!one) return;
    if (event.detail > 0 || event.pointerType || this.armed?.to === one.dataset.input) this.fire(one);
    else this.arm(one);
  }

  typed(event) {
    const one = event.target.closest("[data-input]");
    if (!one || (event.key !== " " && event.key !== "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (event.key === "Enter" && this.armed?.to === one.dataset.input) this.fire(one);
    else this.arm(one);
  }

  arm(one) {
    if (one.getAttribute("aria-disabled")) return;
    this.armed = { to: one.dataset.input, until: performance.now() + ARMED_MS };
    this.tell(say(gettext("Switch to %(name)s is armed. Enter fires."), { name: inputWord(one.dataset.input) }));
    this.draw(this.track, this.look);
  }

  fire(one) {
    this.armed = null;
    if (one.getAttribute("aria-disabled")) return;
    const name = inputWord(one.dataset.input);
    this.switch({ to: one.dataset.input }, say(gettext("Track %(track)s: switch to %(name)s asked for."), { track: this.track.name, name }));
  }

  async switch(body, done) {
    const { id, inputs } = this.track;
    this.sent.set(id, inputs.next_number);
    this.draw(this.track, this.look);
    const error = await this.post({ step: "switch", number: inputs.next_number, ...body });
    if (error) this.sent.delete(id);
    if (this.track.id === id) this.refuse("[data-input-refusal]", error);
    if (!error) this.tell(done);
    return error;
  }

  // At a time

  async planned(event) {
    event.preventDefault();
    const { to, at } = this.plan.elements;
    if (this.isBusy()) return;
    const error = await this.switch({ to: to.value, at: at.value }, gettext("Planned."));
    if (!error) at.value = "";
    else if (error.body?.code === "too_soon") at.value = localTime(error.body.offered, this.zone);
  }

  async cancel(one) {
    if (!one) return;
    one.disabled = true;
    this.refuse("[data-input-refusal]", await this.post({ step: "cancel", number: Number(one.dataset.cancel) }));
    one.disabled = false;
  }

  drawPlans(rows) {
    const list = find("[data-input-plans]", this.root);
    const isOpenTo = (row) => row.can_cancel_until && secondsUntil(row.can_cancel_until, this.look.now) > 0;
    const key = JSON.stringify(rows.map((row) => [row.number, row.to, row.at, Boolean(isOpenTo(row))]));
    if (key !== this.drawnPlans) list.replaceChildren(...rows.map((row) => plan(row, isOpenTo(row), this.look)));
    this.drawnPlans = key;
    for (const row of rows) setText(find(`[data-plan="${row.number}"] span`, list), planLine(row, this.look.now));
  }

  drawLog(rows) {
    const key = JSON.stringify(rows);
    if (key === this.drawnLog) return;
    this.drawnLog = key;
    find("[data-input-log]", this.root).replaceChildren(...rows.map((row) => entry(row, this.look)));
  }

  // Which ones

  drawChoice(inputs) {
    const { has_backup, slate_url } = this.choice.elements;
    for (const field of this.choice.elements) field.disabled = !inputs.can_choose;
    const running = gettext("A running encoder keeps its inputs. Stop the stream first.");
    const stopped = gettext("A prepared encoder is made anew when its inputs change; that takes a minute.");
    setText(find("[data-input-choice-hint]", this.choice), inputs.can_choose ? stopped : running);
    setText(find("[data-input-names]", this.root), inputs.names.map(inputWord).join(", "));
    if (this.isEdited && inputs.can_choose) return;
    has_backup.checked = inputs.has_backup;
    if (slate_url.value !== inputs.slate_url) slate_url.value = inputs.slate_url;
  }

  async chosen(event) {
    event.preventDefault();
    const { has_backup, slate_url } = this.choice.elements;
    const body = { step: "choose", has_backup: has_backup.checked, slate_url: slate_url.value.trim() };
    const error = await this.post(body);
    this.refuse("[data-input-choice-refusal]", error);
    if (error) return;
    this.isEdited = false;
    this.tell(gettext("The inputs are kept."));
  }

  /** Null when it was done, else the error. */
  async post(body) {
    try {
      await sendJson("POST", this.urlOf(this.track.id, "inputs"), body);
      return null;
    } catch (error) {
      return error;
    } finally {
      this.ask();
    }
  }

  refuse(selector, error) {
    const box = find(selector, this.root);
    show(box, error !== null);
    setText(find("b", box), error ? refusedWord(error, this.look.clockSeconds) : "");
  }
}

const button = (name) =>
  make("button", { type: "button", "data-input": name }, make("b", {}, inputWord(name)), make("small", {}));

function plan(row, canCancel, look) {
  const text = say(gettext("%(time)s: to %(name)s"), { time: look.clockSeconds(row.at), name: inputWord(row.to) });
  const cancel = canCancel ? make("button", { type: "button", class: "btn sm", "data-cancel": row.number }, pgettext("input switch", "Cancel")) : null;
  return make("li", { "data-plan": row.number }, make("div", {}, make("b", {}, text), make("span", {})), cancel);
}

function entry(row, look) {
  const [text, isBad] = outcome(row);
  const name = say(gettext("%(time)s: to %(name)s"), { time: look.clockSeconds(row.at ?? row.requested_at), name: inputWord(row.to) });
  const detail = row.detail ? make("span", {}, ` ${row.detail}`) : null;
  const who = row.who ? `・${row.who}` : "";
  return make("li", {}, make("b", {}, name), " ", make("span", { class: isBad ? "bad" : null }, `${text}${who}`), detail);
}
