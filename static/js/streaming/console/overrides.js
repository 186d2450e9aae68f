// Talks that must not be streamed: asking for an override, the second person's answer, and who tried what.
import { find, icon, make, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { askedWord, attemptFacts, outcomeOf, ownWord, refusedWord, validWord } from "./override_words.js";
import { secondsUntil } from "./state.js";
import { duration, say } from "./words.js";

const secondsLeft = (row, now) => Math.max(secondsUntil(row.expires_at, now), 0);

/** The track's talks with the mark: the one to come first is offered first. */
export function markedTalks(track, now) {
  const marked = track.playlist.filter((talk) => talk.do_not_stream);
  const isOver = (talk) => new Date(talk.ends_at).getTime() <= now;
  return [...marked.filter((talk) => !isOver(talk)), ...marked.filter(isOver)];
}

/** What waits for this person's answer, once each: a keynote stands on every track. */
export function requestsFor(tracks, person, now) {
  const rows = tracks.flatMap((track) => track.overrides?.open ?? []);
  const waiting = rows.filter((row) => !row.is_valid && row.asked_by.id !== person && secondsUntil(row.expires_at, now) > 0);
  return [...new Map(waiting.map((row) => [row.id, row])).values()];
}

export class Overrides {
  /** `base` is the control room's address; `ask()` asks for the state, `tell(text)` says a line politely. */
  constructor({ root, banners, playlist, base, person, ask, tell }) {
    Object.assign(this, { root, banners, base, person, ask, tell });
    this.form = find("[data-override-form]", root);
    this.list = find("[data-overrides-open]", root);
    this.told = new Set();
    this.failed = null;
    this.form.addEventListener("submit", (event) => this.send(event));
    for (const box of [this.list, banners]) box.addEventListener("click", (event) => this.pressed(event));
    playlist.addEventListener("click", (event) => this.pick(event.target.closest("[data-override-talk]")));
  }

  draw(track, look, tracks) {
    const { open, attempts } = track.overrides;
    const marked = markedTalks(track, look.now);
    show(this.root, marked.length > 0);
    this.drawTalks(track, marked);
    this.drawOpen(open.filter((row) => secondsUntil(row.expires_at, look.now) > 0), track, look.now);
    this.drawAttempts(attempts, look);
    this.drawRequests(requestsFor(tracks, this.person, look.now), look.now);
  }

  drawTalks(track, marked) {
    const key = JSON.stringify([track.id, marked.map((talk) => [talk.talk_id, talk.title])]);
    if (key === this.drawnTalks) return;
    if (this.track !== track.id) this.refuse(null);
    Object.assign(this, { drawnTalks: key, track: track.id });
    const select = this.form.elements.talk;
    const chosen = select.value;
    select.replaceChildren(...marked.map((talk) => make("option", { value: talk.talk_id, lang: talk.lang }, `#${talk.talk_id} ${talk.title}`)));
    if (marked.some((talk) => String(talk.talk_id) === chosen)) select.value = chosen;
  }

  drawOpen(rows, track, now) {
    const isOnAir = (row) => row.talk_id === track.on_air?.talk_id;
    const key = JSON.stringify(rows.map((row) => [row, isOnAir(row)]));
    if (key !== this.drawnOpen) this.list.replaceChildren(...rows.map((row) => this.entry(row, isOnAir(row))));
    this.drawnOpen = key;
    this.drawLeft(this.list, rows, now);
  }

  entry(row, isOnAir) {
    const isMine = row.asked_by.id === this.person;
    const word = row.is_valid ? validWord(row) : isMine ? ownWord(row) : askedWord(row);
    const hint = row.is_valid && isOnAir ? make("span", {}, gettext("It is on air: withdrawing does not take it off.")) : null;
    return make(
      "li",
      { class: row.is_valid ? "valid" : null, "data-override": row.id },
      make("div", {}, make("b", {}, word), reasonOf(row), make("span", { "data-left-of": row.id }), hint),
      make("div", { class: "row" }, ...this.answers(row)),
    );
  }

  answers(row) {
    const own = row.is_valid || row.asked_by.id === this.person;
    if (own) return [answer(row, "withdraw", gettext("Withdraw"))];
    return [answer(row, "confirm", gettext("Confirm")), answer(row, "withdraw", gettext("Decline"))];
  }

  /** On every page of a second person, whatever track they look at. */
  drawRequests(rows, now) {
    const key = JSON.stringify([this.failed, rows.map((row) => [row.id, row.title])]);
    const failed = this.failed ? [this.failedBanner()] : [];
    if (key !== this.drawnRequests) this.banners.replaceChildren(...failed, ...rows.map((row) => this.banner(row)));
    this.drawnRequests = key;
    this.drawLeft(this.banners, rows, now);
    for (const row of rows) if (!this.told.has(row.id)) this.tell(askedWord(row));
    for (const row of rows) this.told.add(row.id);
  }

  banner(row) {
    const words = make("p", {}, make("b", {}, askedWord(row)), reasonOf(row), make("span", { "data-left-of": row.id }));
    return make("div", { class: "cban warn", "data-override": row.id }, icon("lock"), words, make("div", { class: "row" }, ...this.answers(row)));
  }

  drawLeft(box, rows, now) {
    for (const row of rows) {
      const text = row.is_valid ? gettext("valid for another %(time)s") : gettext("can be confirmed for another %(time)s");
      setText(find(`[data-left-of="${row.id}"]`, box), say(text, { time: duration(secondsLeft(row, now)) }));
    }
  }

  drawAttempts(rows, look) {
    show(find("[data-overrides-tried]", this.root), rows.length > 0);
    const count = say(ngettext("%(n)s attempt", "%(n)s attempts", rows.length), { n: rows.length });
    setText(find("[data-overrides-count]", this.root), count);
    const key = rows.map((row) => row.id).join();
    if (key === this.drawnAttempts) return;
    this.drawnAttempts = key;
    find("[data-overrides-log]", this.root).replaceChildren(...rows.map((row) => attempt(row, look)));
  }

  /** From the playlist: this talk, to put it on air. */
  pick(button) {
    if (!button) return;
    this.form.elements.talk.value = button.dataset.overrideTalk;
    this.form.elements.verb.value = "air";
    this.form.elements.reason.focus();
    this.root.scrollIntoView({ block: "nearest" });
  }

  async send(event) {
    event.preventDefault();
    const { talk, verb, reason } = this.form.elements;
    const failed = await this.post(`talks/${talk.value}/overrides`, { verb: verb.value, reason: reason.value });
    this.refuse(failed);
    if (failed) return;
    reason.value = "";
    this.tell(gettext("Asked. The others see it now."));
  }

  async pressed(event) {
    if (event.target.closest("[data-close]")) this.failed = null;
    const button = event.target.closest("[data-answer]");
    if (!button || button.disabled) return;
    button.disabled = true;
    this.failed = await this.post(`overrides/${button.dataset.override}`, { step: button.dataset.answer });
    button.disabled = false;
  }

  /** Null when it was done, else why not. */
  async post(path, body) {
    try {
      await sendJson("POST", `${this.base}/${path}`, body);
      return null;
    } catch (error) {
      return refusedWord(error.body?.code);
    } finally {
      this.ask();
    }
  }

  refuse(word) {
    const box = find("[data-override-refusal]", this.root);
    show(box, word !== null);
    setText(find("b", box), word ?? "");
  }

  /** An answer that came too late: its request may be gone already. */
  failedBanner() {
    const close = make("button", { type: "button", class: "btn sm", "data-close": true }, gettext("Close"));
    return make("div", { class: "cban warn", role: "alert" }, icon("info"), make("p", {}, make("b", {}, this.failed)), close);
  }
}

const reasonOf = (row) => make("span", {}, say(gettext("Reason: %(reason)s"), { reason: row.reason }));

const answer = (row, step, word) =>
  make("button", { type: "button", class: step === "confirm" ? "btn sm primary" : "btn sm", "data-answer": step, "data-override": row.id }, word);

function attempt(row, look) {
  const [className, word] = outcomeOf(row);
  const time = make("time", { datetime: row.at }, look.clockSeconds(row.at));
  return make("li", { class: className || null }, time, make("span", {}, make("b", {}, word), ` ${attemptFacts(row)}`));
}
