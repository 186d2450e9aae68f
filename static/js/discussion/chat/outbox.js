// Messages on their way. Each has a key of its own, which makes it safe to send it again: after a lost answer, after
// a reload, after a tunnel.
import { forget, keep, recall } from "../../lib/storage.js";

const FIRST_MS = 1_000;
const LONGEST_MS = 20_000;

export const retryDelay = (attempt, random = Math.random) =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (0.5 + random() / 2);

/** Whether the same may be sent again: nothing came back, or a server in trouble did. */
export const isWorthAnother = (error) => error.status === undefined || error.status >= 500;

export class Outbox {
  /** `send(entry)` gives a promise; `done`, `refused` and `changed` are told of what became of it. */
  constructor(name, { send, done, refused, changed }) {
    Object.assign(this, { name, send, done, refused, changed });
    this.entries = readEntries(name);
    this.attempt = 0;
    this.isBusy = false;
  }

  add(entry) {
    this.entries.push({ ...entry, key: crypto.randomUUID() });
    this.save();
    this.push();
  }

  /** Try now. One at a time, so that the order stays. */
  async push() {
    clearTimeout(this.timer);
    const [entry] = this.entries;
    if (!entry || this.isBusy) return;
    this.isBusy = true;
    try {
      this.take(entry, await this.send(entry));
    } catch (error) {
      this.failed(entry, error);
    } finally {
      this.isBusy = false;
    }
    if (this.entries.length && this.attempt === 0) this.push();
  }

  take(entry, answer) {
    this.attempt = 0;
    this.drop(entry);
    this.done(entry, answer);
  }

  failed(entry, error) {
    if (!isWorthAnother(error)) {
      this.attempt = 0;
      this.drop(entry);
      this.refused(entry, error);
      return;
    }
    entry.isLate = true;
    this.save();
    this.timer = setTimeout(() => this.push(), retryDelay(this.attempt++));
  }

  drop(entry) {
    this.entries = this.entries.filter((known) => known.key !== entry.key);
    this.save();
  }

  save() {
    if (this.entries.length) keep(this.name, JSON.stringify(this.entries));
    else forget(this.name);
    this.changed();
  }

  stop() {
    clearTimeout(this.timer);
    this.changed = this.done = this.refused = () => {};
  }
}

function readEntries(name) {
  try {
    return JSON.parse(recall(name) ?? "[]");
  } catch {
    return [];
  }
}
