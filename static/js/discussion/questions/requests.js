// The addresses of a talk's questions. The list is asked for by its ETag; a stranger's 401 is an answer here.
import { HttpError, sendJson } from "../../lib/http.js";

export class Requests {
  constructor(event) {
    this.event = event;
    this.etags = new Map();
  }

  /** The list, or null when nothing has changed since the last one. */
  async list(talkId) {
    const url = `/api/v1/events/${this.event}/talks/${talkId}/questions`;
    const etag = this.etags.get(talkId);
    const headers = { Accept: "application/json", ...(etag ? { "If-None-Match": etag } : {}) };
    const response = await fetch(url, { credentials: "same-origin", cache: "no-store", headers });
    if (response.status === 304) return null;
    if (!response.ok) throw new HttpError(response, null);
    this.etags.set(talkId, response.headers.get("ETag"));
    return response.json();
  }

  forget(talkId) {
    this.etags.delete(talkId);
  }

  async ask(talkId, { key, body }) {
    const url = `/api/v1/events/${this.event}/talks/${talkId}/questions`;
    return (await sendJson("POST", url, { body, client_key: key })).body;
  }

  async vote(question, isWanted) {
    return (await sendJson(isWanted ? "PUT" : "DELETE", `${one(question)}/vote`)).body;
  }

  async answer(question, { key, body }) {
    const url = `${one(question)}/session_question_answers`;
    return (await sendJson("POST", url, { body, client_key: key })).body;
  }

  async change(question, changes) {
    return (await sendJson("PATCH", one(question), changes)).body;
  }

  async merge(question, into) {
    return (await sendJson("POST", `${one(question)}/merge`, { into })).body;
  }

  async remove(question) {
    await sendJson("DELETE", one(question));
  }

  async removeAnswer(question, answer) {
    await sendJson("DELETE", `${one(question)}/session_question_answers/${answer.id}`);
  }
}

const one = (question) => `/api/v1/talks/${question.talk_id}/session_questions/${question.id}`;

/** A key that makes sending again safe. Not every page is served where crypto.randomUUID exists. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
