// Questions on their way. One that finds no connection stays in this browser, over a reload too, and is sent
// again with the same key, so that it is asked once.
import { forget, keep, recall } from "../../lib/storage.js";
import { newKey } from "./requests.js";

const AGAIN_MS = 10_000;
export const SENDING = "sending";
export const WAITING = "waiting";
export const FAILED = "failed";

export class Outbox {
  /** `send(talkId, {key, body})` asks; `onSent(question, letter)` and `onChange()` say what came of it. */
  constructor({ send, onSent, onChange }) {
    Object.assign(this, { send, onSent, onChange, talkId: null, letters: [] });
    addEventListener("online", () => this.sendWaiting());
  }

  open(talkId) {
    this.talkId = talkId;
    this.letters = talkId === null ? [] : stored(talkId).map((letter) => ({ ...letter, state: WAITING }));
    this.sendWaiting();
  }

  post(talkId, body) {
    const letter = { key: newKey(), body, talkId, state: SENDING, message: "" };
    if (talkId === this.talkId) this.letters.push(letter);
    this.save(letter);
    return this.deliver(letter);
  }

  again(letter) {
    return this.deliver(letter);
  }

  discard(letter) {
    this.drop(letter);
    this.onChange();
  }

  sendWaiting() {
    for (const letter of this.letters) if (letter.state === WAITING) this.deliver(letter);
  }

  async deliver(letter) {
    letter.state = SENDING;
    this.onChange();
    try {
      const question = await this.send(letter.talkId, letter);
      this.drop(letter);
      this.onSent(question, letter);
    } catch (error) {
      this.fail(letter, error);
    }
    this.onChange();
  }

  /** Without an answer, or from a server in trouble, it is sent again by itself; a refusal is for the person. */
  fail(letter, error) {
    const isRefused = error.status >= 400 && error.status < 500;
    letter.state = isRefused ? FAILED : WAITING;
    letter.message = isRefused ? (error.body?.message ?? "") : "";
    letter.status = error.status ?? null;
    if (isRefused) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sendWaiting(), AGAIN_MS * (0.5 + Math.random()));
  }

  drop(letter) {
    this.letters = this.letters.filter((known) => known !== letter);
    write(letter.talkId, stored(letter.talkId).filter((known) => known.key !== letter.key));
  }

  save({ key, body, talkId }) {
    write(talkId, [...stored(talkId).filter((known) => known.key !== key), { key, body, talkId }]);
  }
}

const nameOf = (talkId) => `questions:unsent:${talkId}`;

function stored(talkId) {
  try {
    return JSON.parse(recall(nameOf(talkId)) ?? "[]");
  } catch {
    return [];
  }
}

function write(talkId, letters) {
  if (letters.length) keep(nameOf(talkId), JSON.stringify(letters));
  else forget(nameOf(talkId));
}
