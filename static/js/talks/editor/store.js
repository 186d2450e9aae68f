// The draft as this page knows it: the server's document and the moves on their way to it. One request at a time.
//
// Events: "changed" (draw again), "refused" {talk, place, conflicts, reason}, "stale" {talk, wanted},
// "moved" {moves} (another editor), "saved" {talk}, "reached" (the server answers again).
import { HttpError, getJson, sendJson } from "../../lib/http.js";
import { frameOf } from "./frame.js";
import { hasArrived, mergeDraft, savingState, shownTalks, withAnswer } from "./merging.js";
import { isSamePlace, placeOf, wireOf } from "./places.js";

const POLL_MS = 3000;
const RETRY_MS = 5000;
const SIGNED_OUT = new Set([401, 403]);

export class Store extends EventTarget {
  constructor(draft, urls) {
    super();
    this.draft = draft;
    this.urls = urls;
    this.pending = new Map();
    this.connection = "ok";
    this.savedAt = null;
    this.etag = null;
    this.isSending = false;
    this.own = new Set();
  }

  get talks() {
    return shownTalks(this.draft, this.pending);
  }

  get frame() {
    return frameOf(this.draft);
  }

  get saving() {
    return savingState(this.pending, this.connection);
  }

  talk(id) {
    return this.talks.find((talk) => talk.id === id) ?? null;
  }

  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // Moves

  /** Show the talk at the place at once, and ask the server for it. `revision` is what the person saw. */
  move(id, place, revision) {
    const known = this.draft.talks.find((talk) => talk.id === id);
    const earlier = this.pending.get(id);
    if (!earlier && isSamePlace(placeOf(known), place)) return;
    this.pending.set(id, { place, status: "saving", revision: earlier?.revision ?? revision ?? known.revision });
    this.tell("changed");
    this.send();
  }

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    for (let next = this.nextMove(); next; next = this.nextMove()) await this.sendOne(...next);
    this.isSending = false;
  }

  nextMove() {
    return [...this.pending].find(([, move]) => move.status === "saving") ?? null;
  }

  async sendOne(id, move) {
    const body = { talk_id: id, expected_revision: move.revision, ...wireOf(move.place) };
    try {
      const answer = await sendJson("POST", this.urls.moves, body);
      this.confirmed(id, move, answer.body);
    } catch (error) {
      this.failed(id, move, error);
    }
    this.tell("changed");
  }

  confirmed(id, move, answer) {
    this.reached();
    this.draft = withAnswer(this.draft, answer);
    this.own.add(`${id}:${answer.talk.revision}`);
    this.savedAt = Date.now();
    this.settle(id, move, answer.talk.revision);
    this.tell("saved", { talk: answer.talk });
  }

  /** The talk may have been moved on while this answer was on its way: then that move goes next. */
  settle(id, move, revision) {
    const present = this.pending.get(id);
    if (present === move) this.pending.delete(id);
    else if (present) this.pending.set(id, { ...present, revision });
  }

  failed(id, move, error) {
    if (!(error instanceof HttpError) || error.status >= 500) return this.lost();
    this.reached();
    if (SIGNED_OUT.has(error.status)) return this.signedOut();
    const { code, talk, conflicts = [], errors = {} } = Object(error.body);
    if (talk) this.draft = withAnswer(this.draft, { talk });
    if (code === "stale" && hasArrived(move, talk)) return this.settle(id, move, talk.revision);
    this.pending.delete(id);
    const known = this.talk(id);
    if (code === "stale") this.tell("stale", { talk: known, wanted: move.place });
    else this.tell("refused", { talk: known, place: move.place, conflicts, reasons: Object.values(errors).flat() });
  }

  lost() {
    this.connection = "lost";
    this.keepUnsent();
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.retry(), RETRY_MS);
  }

  signedOut() {
    this.connection = "signed_out";
    this.keepUnsent();
  }

  keepUnsent() {
    for (const [id, move] of this.pending) this.pending.set(id, { ...move, status: "unsent" });
  }

  reached() {
    if (this.connection === "ok") return;
    this.connection = "ok";
    this.tell("reached");
  }

  /** Send again what was not saved; first of all ask, so that a dead line is noticed without a move. */
  async retry() {
    clearTimeout(this.retryTimer);
    await this.ask();
  }

  resend() {
    for (const [id, move] of this.pending) this.pending.set(id, { ...move, status: "saving" });
    this.send();
  }

  /** Give up the moves that were not saved. */
  takeBack() {
    for (const [id, move] of this.pending) if (move.status === "unsent") this.pending.delete(id);
    this.tell("changed");
  }

  // Other commands answer like a move

  async command(url, body = {}) {
    const { body: answer } = await sendJson("POST", url, body);
    this.draft = withAnswer(this.draft, answer);
    if (answer.talk) this.own.add(`${answer.talk.id}:${answer.talk.revision}`);
    this.savedAt = Date.now();
    this.tell("changed");
    return answer;
  }

  /** What a refusal tells of the present is taken over as well. */
  learn(answer) {
    this.draft = withAnswer(this.draft, answer);
    this.tell("changed");
  }

  read(url) {
    return getJson(url).then(({ body }) => body);
  }

  // The other editor

  startAsking() {
    const ask = async () => {
      if (!document.hidden && this.connection !== "signed_out") await this.ask();
      setTimeout(ask, POLL_MS);
    };
    setTimeout(ask, POLL_MS);
    addEventListener("online", () => this.retry());
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
  }

  async ask() {
    const headers = this.etag ? { "If-None-Match": this.etag, Accept: "application/json" } : { Accept: "application/json" };
    const before = [this.draft, this.connection];
    try {
      const response = await fetch(this.urls.draft, { credentials: "same-origin", cache: "no-store", headers });
      await this.heard(response);
    } catch {
      this.lost();
    }
    if (before[0] !== this.draft || before[1] !== this.connection) this.tell("changed");
  }

  /** The whole document, also when the server would say that it is unchanged. */
  askAfresh() {
    this.etag = null;
    return this.ask();
  }

  async heard(response) {
    if (SIGNED_OUT.has(response.status) || response.redirected) return this.signedOut();
    if (response.status >= 500) return this.lost();
    const wasLost = this.connection !== "ok";
    this.reached();
    if (response.ok) {
      this.etag = response.headers.get("ETag");
      this.take(await response.json());
    }
    if (wasLost) this.resend();
  }

  take(incoming) {
    const { draft, moved } = mergeDraft(this.draft, incoming);
    this.draft = draft;
    const theirs = moved.filter(({ talk }) => !this.pending.has(talk.id) && !this.own.has(`${talk.id}:${talk.revision}`));
    if (theirs.length) this.tell("moved", { moves: theirs });
  }
}
