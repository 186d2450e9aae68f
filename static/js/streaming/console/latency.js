// How long the last press of each track took, as this page measured it: answered, and announced to the viewers.
import { say } from "./words.js";

const GIVEN_UP_MS = 10_000;

/** One sentence about a press ({answeredMs, announcedMs, age}), with the age of the press in milliseconds. */
export function latencyLine(press) {
  if (!press) return "";
  const answered = say(gettext("Answered after %(n)s ms"), { n: press.answeredMs });
  if (press.announcedMs !== null) return `${answered}・${say(gettext("viewers told after %(n)s ms"), { n: press.announcedMs })}`;
  if (press.age < GIVEN_UP_MS) return `${answered}・${gettext("waiting for the announcement")}`;
  return `${answered}・${gettext("the announcement was not heard here; viewers ask by themselves within seconds")}`;
}

/** The viewers' own frame comes to this page too: when it is heard, it has left the server for everybody. */
export class Latency {
  constructor() {
    this.presses = new Map();
    this.heard = new Map();
  }

  answered(trackId, { sentAt, revision, wasChanged }) {
    const answeredAt = performance.now();
    if (!wasChanged) return;
    const heard = this.heard.get(trackId);
    const announcedMs = heard?.revision >= revision ? Math.round(heard.at - sentAt) : null;
    this.presses.set(trackId, { sentAt, revision, answeredMs: Math.round(answeredAt - sentAt), announcedMs });
  }

  announced({ id, revision }) {
    this.heard.set(id, { revision, at: performance.now() });
    const press = this.presses.get(id);
    if (press && press.announcedMs === null && revision >= press.revision) press.announcedMs = Math.round(performance.now() - press.sentAt);
  }

  of(trackId) {
    const press = this.presses.get(trackId);
    return press ? { ...press, age: performance.now() - press.sentAt } : null;
  }
}
