// One press, one key. A lost answer is asked for again with the same key, so that nothing is done twice.
import { HttpError, sendJson } from "../../lib/http.js";
import { commandBody } from "./state.js";

const ANSWER_MS = 5_000;
const REPEATS = 6;
const REST_MS = 1_000;

/** crypto.randomUUID is missing on an address without TLS, such as a phone's way to a laptop in the same room. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const isLost = (error) => !(error instanceof HttpError) || error.status >= 500;

/**
 * Sends commands, one at a time per track.
 *   phaseOf(trackId): null, "sending" or "unanswered"; refusalOf(trackId): {code, revision, target, owner} or null
 *   onAnswer(trackId, {sentAt, revision, wasChanged}): how long it took, from the press on, repeats included
 *   onTrack(track): what the server says the track is now; onChange(trackId): draw again; ask(): ask for the state
 */
export class Commander {
  constructor({ urlOf, onTrack, onChange, onDone, onAnswer, ask }) {
    Object.assign(this, { urlOf, onTrack, onChange, onDone, onAnswer, ask });
    this.presses = new Map();
    this.refusals = new Map();
    this.rests = new Map();
  }

  phaseOf(trackId) {
    return this.presses.get(trackId)?.phase ?? null;
  }

  pressOf(trackId) {
    return this.presses.get(trackId) ?? null;
  }

  refusalOf(trackId) {
    return this.refusals.get(trackId) ?? null;
  }

  isResting(trackId) {
    return (this.rests.get(trackId) ?? 0) > performance.now();
  }

  /** The button waits before it does what it now names: nobody meant that with the press under way. */
  rest(trackId) {
    this.rests.set(trackId, performance.now() + REST_MS);
    setTimeout(() => this.onChange(trackId), REST_MS + 20);
  }

  dismiss(trackId) {
    if (this.refusals.delete(trackId)) this.onChange(trackId);
  }

  send(track, target) {
    if (this.presses.has(track.id)) return;
    this.refusals.delete(track.id);
    const body = { ...commandBody(track, target), idempotency_key: newKey() };
    const press = { trackId: track.id, target, body, phase: "sending", repeats: 0, sentAt: performance.now() };
    this.presses.set(track.id, press);
    this.onChange(track.id);
    return this.deliver(press);
  }

  async deliver(press) {
    const signal = AbortSignal.timeout(ANSWER_MS);
    try {
      const { body } = await sendJson("POST", this.urlOf(press.trackId), press.body, { signal });
      this.accepted(press, body.track);
    } catch (error) {
      if (isLost(error)) this.unanswered(press);
      else this.refused(press, error);
    }
  }

  accepted(press, track) {
    this.presses.delete(press.trackId);
    this.rest(press.trackId);
    this.onAnswer(press.trackId, { sentAt: press.sentAt, revision: track.revision, wasChanged: track.revision > press.body.expected_revision });
    this.onTrack(track);
    this.onDone(press);
    this.ask();
    this.onChange(press.trackId);
  }

  /** Nobody knows whether it was done: ask, and repeat the same key, which does it at most once. */
  unanswered(press) {
    press.phase = "unanswered";
    press.repeats += 1;
    this.ask();
    if (press.repeats > REPEATS) return this.giveUp(press);
    this.onChange(press.trackId);
    setTimeout(() => this.deliver(press), 1_000 * Math.min(press.repeats, 4));
  }

  giveUp(press) {
    this.presses.delete(press.trackId);
    this.refuse(press, "gave_up");
  }

  refused(press, error) {
    this.presses.delete(press.trackId);
    const code = error.body?.code ?? { 401: "not_signed_in", 403: "forbidden" }[error.status] ?? "malformed";
    if (error.body?.track) this.onTrack(error.body.track);
    this.rest(press.trackId);
    this.refuse(press, code);
    this.ask();
  }

  refuse(press, code) {
    const revision = press.body.expected_revision;
    this.refusals.set(press.trackId, { code, revision, target: press.target });
    this.onChange(press.trackId);
  }
}
