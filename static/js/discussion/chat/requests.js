// The chat's addresses. Each answer is the body; a refusal is an HttpError.
import { getJson, sendJson } from "../../lib/http.js";

export class ChatRequests {
  constructor(event) {
    this.event = event;
  }

  room(trackId, query = {}) {
    const search = new URLSearchParams(query).toString();
    return getJson(this.path(trackId) + (search ? `?${search}` : "")).then(({ body }) => body);
  }

  post(trackId, message) {
    return this.send("POST", this.path(trackId), message);
  }

  edit(trackId, id, body) {
    return this.send("PATCH", this.path(trackId, id), { body });
  }

  remove(trackId, id) {
    return this.send("DELETE", this.path(trackId, id));
  }

  react(trackId, id, kind, isSet, name) {
    const address = this.path(trackId, id, "reactions", kind);
    return isSet ? this.send("PUT", address, { name }) : this.send("DELETE", address);
  }

  report(trackId, id, reason) {
    return this.send("POST", this.path(trackId, id, "report"), { reason });
  }

  moderate(trackId, id, step) {
    return this.send("POST", this.path(trackId, id, "moderation"), { step });
  }

  silence(member, minutes, reason) {
    return this.send("POST", `/api/v1/events/${this.event}/chat/silences`, { member, minutes, reason });
  }

  path(trackId, ...rest) {
    return [`/api/v1/events/${this.event}/tracks/${trackId}/messages`, ...rest].join("/");
  }

  async send(method, url, body) {
    return (await sendJson(method, url, body)).body;
  }
}
