// The live client: one socket to the event, and the document by HTTP for as long as there is none.
//
//   const live = connectLive({
//     event: "shiosai2026",
//     onSnapshot(document) {...},        // the whole document: first frame, healing, poll
//     onFrame(frame) {...},              // {kind, revision, body}
//     onState(status) {...},             // {connection, online, heardAt, code}
//   });
//
// onSnapshot and onFrame return true while something is known to be missing; the document is then asked for
// once, after a random wait. connection is "connecting", "open", "polling", "lost" or "refused".
import { getJson } from "./http.js";

const SILENT_MS = 15_000;
const DEAD_MS = 30_000;
const POLL_MS = 10_000;
const GAP_SPREAD_MS = 10_000;
const RESTART_SPREAD_MS = 5_000;
const BASE_MS = 500;
const CAP_MS = 30_000;
const STEADY_MS = 5_000;
const REFUSED = new Set([4401, 4403, 4404]);
const RESTARTING = 1012;

/** Full jitter: anything between nothing and the doubled wait, so that nobody returns in step. */
export function reconnectDelay(attempt, random = Math.random) {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt);
}

/** How long to wait after the socket closed with `code`; `announced` is what the server asked for, or null. */
export function delayAfterClose(code, attempt, announced = null, random = Math.random) {
  if (announced !== null) return Math.max(announced, 0);
  return code === RESTARTING ? random() * RESTART_SPREAD_MS : reconnectDelay(attempt, random);
}

/** Everybody reads the same number, so each adds a chance of its own: between once and twice as long. */
export const leaveDelay = (milliseconds, random = Math.random) => milliseconds * (1 + random());

export const pollDelay = (random = Math.random) => POLL_MS * (0.7 + 0.6 * random());

export function connectLive(options) {
  const client = new LiveClient(options);
  client.start();
  return client;
}

class LiveClient {
  constructor({ event, path, documentUrl, meUrl, onSnapshot, onFrame, onState, onMe, onAnswer }) {
    this.path = path ?? `/ws/events/${event}`;
    this.documentUrl = documentUrl ?? `/api/v1/events/${event}/live`;
    this.meUrl = meUrl === undefined ? `/api/v1/events/${event}/me` : meUrl;
    this.onSnapshot = onSnapshot ?? (() => false);
    this.onFrame = onFrame ?? (() => false);
    this.onState = onState ?? (() => {});
    this.onMe = onMe ?? (() => {});
    this.onAnswer = onAnswer ?? (() => {});
    this.socket = null;
    this.ticket = null;
    this.attempt = 0;
    this.heardAt = null;
    this.code = null;
    this.leaveAt = null;
    this.etag = null;
    this.stopped = false;
    this.isTicketNew = false;
    this.opening = false;
    this.polledAt = null;
    this.pollWorks = false;
    this.timers = {};
    this.wishes = new Map();
  }

  start() {
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.tell());
    addEventListener("pagehide", () => this.rest());
    addEventListener("pageshow", (event) => event.persisted && this.wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.wake());
    this.pollSoon(Math.random() * POLL_MS + 1000);
    this.open();
  }

  /** Try now: after the device came back, or because a person pressed the button. */
  retry() {
    this.attempt = 0;
    if (this.isSilent()) this.drop();
    if (!this.socket) this.open();
    return this.ask();
  }

  /** Tell the server what is looked at: {watching: <track id>} or {follow: <talk id>}; said again after a reconnect. */
  say(wish) {
    for (const [name, value] of Object.entries(wish)) this.wishes.set(name, value);
    this.sendWish(wish);
  }

  stop() {
    this.stopped = true;
    this.rest();
  }

  // The socket

  async open() {
    this.clear("open");
    if (this.stopped || this.socket || this.opening) return;
    this.opening = true;
    try {
      await this.learnTicket();
    } finally {
      this.opening = false;
    }
    if (!this.stopped && !this.socket) this.dial();
  }

  async learnTicket() {
    if (this.ticket || !this.meUrl) return;
    try {
      const { body, response } = await getJson(this.meUrl);
      this.onAnswer(response);
      this.ticket = body.ticket ?? null;
      this.onMe(body);
    } catch {
      // An event open to all lets us in without; another one closes with the code that says why.
    }
  }

  dial() {
    const address = new URL(this.path, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    if (this.ticket) address.searchParams.set("ticket", this.ticket);
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = (message) => this.socket === socket && this.received(JSON.parse(message.data));
    socket.onclose = (event) => this.socket === socket && this.closed(event.code);
    this.tell();
  }

  opened() {
    this.heardAt = performance.now();
    this.code = null;
    for (const [name, value] of this.wishes) this.sendWish({ [name]: value });
    this.later("steady", STEADY_MS, () => {
      this.attempt = 0;
      this.isTicketNew = false;
    });
    this.watchSilence();
    this.tell();
  }

  received(frame) {
    this.heardAt = performance.now();
    this.watchSilence();
    if (frame.kind === "reconnect") this.leaveIn(frame.body.after_ms);
    else if (frame.kind === "live.snapshot") this.replace(frame.body);
    else this.askIf(this.onFrame(frame));
    this.tell();
  }

  /** The server wants to be left. It may close the socket before the wait is over: the wait stays the same. */
  leaveIn(milliseconds) {
    const wait = leaveDelay(milliseconds);
    this.leaveAt = performance.now() + wait;
    this.later("leave", wait, () => {
      this.leaveAt = null;
      this.drop();
      this.open();
    });
  }

  closed(code) {
    this.socket = null;
    this.code = code;
    this.clear("steady");
    this.clear("silence");
    this.clear("leave");
    if (REFUSED.has(code)) return this.refused(code);
    const announced = this.leaveAt === null ? null : this.leaveAt - performance.now();
    this.leaveAt = null;
    this.later("open", delayAfterClose(code, this.attempt++, announced), () => this.open());
    this.pollSoon(Math.random() * POLL_MS);
    this.tell();
  }

  /** A ticket can have run out, so one new one is fetched; a second refusal is meant. */
  refused(code) {
    if (this.ticket && code === 4401 && !this.isTicketNew) {
      this.ticket = null;
      this.isTicketNew = true;
      this.open();
    } else {
      this.stop();
    }
    this.tell();
  }

  drop() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  rest() {
    for (const name of Object.keys(this.timers)) this.clear(name);
    this.drop();
  }

  wake() {
    if (this.stopped) return;
    if (this.isSilent()) this.drop();
    if (!this.socket) this.later("open", Math.random() * 1000, () => this.open());
    if (!this.isOpen()) {
      this.clear("poll");
      this.pollSoon(Math.random() * 1000);
    }
    this.tell();
  }

  sendWish(wish) {
    if (this.isOpen()) this.socket.send(JSON.stringify(wish));
  }

  isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  isSilent() {
    return this.isOpen() && performance.now() - this.heardAt > SILENT_MS;
  }

  watchSilence() {
    this.later("silence", SILENT_MS, () => {
      this.pollSoon(Math.random() * 1000);
      this.tell();
      this.later("silence", DEAD_MS - SILENT_MS, () => {
        this.drop();
        this.closed(null);
      });
    });
  }

  // The document

  replace(document) {
    this.clear("ask");
    this.askIf(this.onSnapshot(document));
  }

  askIf(isMissing) {
    if (isMissing && !this.timers.ask) {
      this.later("ask", Math.random() * GAP_SPREAD_MS, () => this.ask());
    }
  }

  async ask() {
    const headers = this.etag ? { "If-None-Match": this.etag } : {};
    try {
      const response = await fetch(this.documentUrl, { credentials: "same-origin", cache: "no-store", headers });
      this.onAnswer(response);
      await this.answered(response);
    } catch {
      this.pollWorks = false;
    }
    this.tell();
  }

  async answered(response) {
    this.pollWorks = response.ok || response.status === 304;
    if (response.status === 401) return this.refuseBy(4401);
    if (response.status === 403) return this.refuseBy(4403);
    if (this.pollWorks) this.polledAt = performance.now();
    if (!response.ok) return;
    this.etag = response.headers.get("ETag");
    this.replace(await response.json());
  }

  refuseBy(code) {
    this.code = code;
    this.stop();
  }

  pollSoon(milliseconds) {
    if (this.stopped || this.timers.poll) return;
    this.later("poll", milliseconds, async () => {
      if (this.isOpen() && !this.isSilent()) return;
      await this.ask();
      this.pollSoon(pollDelay());
    });
  }

  // What is known about the connection

  tell() {
    this.onState({
      connection: this.connection(),
      online: navigator.onLine,
      heardAt: Math.max(this.heardAt ?? 0, this.polledAt ?? 0),
      code: this.code,
    });
  }

  connection() {
    if (REFUSED.has(this.code) && this.stopped) return "refused";
    if (this.isOpen() && !this.isSilent()) return "open";
    if (this.pollWorks) return "polling";
    return this.attempt === 0 && this.heardAt === null ? "connecting" : "lost";
  }

  later(name, milliseconds, action) {
    this.clear(name);
    this.timers[name] = setTimeout(() => {
      delete this.timers[name];
      action();
    }, milliseconds);
  }

  clear(name) {
    clearTimeout(this.timers[name]);
    delete this.timers[name];
  }
}
