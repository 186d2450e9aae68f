// What the visitor has chosen: in the account once they are signed in, else in this browser.
import { getJson, sendJson } from "../lib/http.js";
import { forget, keep, recall } from "../lib/storage.js";

const keyOf = (event) => `agenda:${event}`;

export function keptHere(event) {
  try {
    const ids = JSON.parse(recall(keyOf(event)) ?? "[]");
    return Array.isArray(ids) ? ids.filter(Number.isInteger) : [];
  } catch {
    return [];
  }
}

function keepHere(event, ids) {
  if (ids.length) keep(keyOf(event), JSON.stringify(ids));
  else forget(keyOf(event));
}

/** Answers of the store: `{talks, seats, signed_in, attendance}`, always whole. */
export class AgendaStore {
  constructor(event) {
    this.event = event;
    this.url = `/api/v1/events/${encodeURIComponent(event)}/agenda`;
    this.agenda = { signed_in: false, registered: false, attendance: null, talks: [], seats: [] };
    this.merged = 0;
  }

  async load() {
    this.agenda = (await getJson(this.url)).body;
    if (this.agenda.signed_in) await this.merge();
    else this.agenda.talks = keptHere(this.event);
    return this.agenda;
  }

  /** What was chosen before signing in moves into the account once: then this browser forgets it. */
  async merge() {
    const ids = keptHere(this.event);
    if (!ids.length) return;
    const { body } = await sendJson("POST", this.url, { talks: ids });
    // Another tab may have chosen more in the meantime.
    keepHere(this.event, keptHere(this.event).filter((id) => !ids.includes(id)));
    this.merged = ids.length;
    this.agenda = body;
  }

  has(id) {
    return this.agenda.talks.includes(id);
  }

  /** The talks that overlap, as far as somebody signed in; throws HttpError with {code, overlaps}. */
  async add(id, wish = {}) {
    if (!this.agenda.signed_in) {
      this.change(id, true);
      return [];
    }
    const { body } = await sendJson("PUT", `${this.url}/${id}`, wish);
    this.agenda = body.agenda;
    return body.overlaps;
  }

  async remove(id) {
    if (!this.agenda.signed_in) return this.change(id, false);
    this.agenda = (await sendJson("DELETE", `${this.url}/${id}`)).body;
  }

  change(id, isChosen) {
    const others = keptHere(this.event).filter((each) => each !== id);
    this.agenda = { ...this.agenda, talks: isChosen ? [...others, id] : others };
    keepHere(this.event, this.agenda.talks);
  }
}
