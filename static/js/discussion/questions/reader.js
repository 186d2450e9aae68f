// When the list is asked for: on a new talk, after a gap, after a lost socket, and without one now and then.
import { applyList } from "./state.js";

const GAP_SPREAD_MS = 10_000;
// After a switch, and after a restart of a server, everybody would ask at once. Frames are shown meanwhile.
const CROWD_SPREAD_MS = 100_000;
const POLL_MS = 30_000;
const SOON_MS = 500;

export class Reader {
  constructor(panel) {
    Object.assign(this, { panel, timer: null, dueAt: 0, pollTimer: null, isOpen: false });
    document.addEventListener("visibilitychange", () => document.hidden || this.wake());
    addEventListener("online", () => this.wake());
    for (const kind of ["pointerenter", "focusin"]) panel.root.addEventListener(kind, () => this.lookedAt());
  }

  /** Another talk: at once when a person chose it, else within a while, or when they turn to the questions. */
  start(isFirst) {
    clearTimeout(this.timer);
    this.timer = null;
    this.panel.requests.forget(this.panel.state.talkId);
    const isChosen = isFirst || this.panel.state.list === null || navigator.userActivation?.isActive;
    if (isChosen) this.ask();
    else this.askWithin(CROWD_SPREAD_MS);
  }

  lookedAt() {
    if (this.panel.state.list?.isBorrowed && this.timer !== null) this.ask();
  }

  /** Something is missing, or a question was hidden that moderators still see. */
  heard(kind, body) {
    const { state } = this.panel;
    if (state.list !== null && state.missing) this.askWithin(GAP_SPREAD_MS);
    else if (kind === "question.removed" && state.list?.can_moderate) this.askWithin(SOON_MS);
  }

  connected(isOpen) {
    const isBack = isOpen && !this.isOpen && this.panel.state.list !== null;
    this.isOpen = isOpen;
    if (isBack) this.askWithin(CROWD_SPREAD_MS);
    this.pollLater();
  }

  wake() {
    if (!this.isOpen) this.askWithin(SOON_MS);
  }

  /** Once, at the sooner of the moments that are wanted. */
  askWithin(milliseconds) {
    const wait = Math.random() * milliseconds;
    if (this.timer !== null && this.dueAt <= performance.now() + wait) return;
    clearTimeout(this.timer);
    this.dueAt = performance.now() + wait;
    this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    clearTimeout(this.timer);
    this.timer = null;
    const { talkId } = this.panel.state;
    if (talkId === null) return;
    try {
      this.answered(talkId, await this.panel.requests.list(talkId));
    } catch (error) {
      this.failed(talkId, error);
    }
    this.pollLater();
  }

  answered(talkId, list) {
    if (talkId !== this.panel.state.talkId) return;
    const before = this.panel.state;
    this.panel.fault = null;
    this.panel.change(list ? applyList(before, list) : before);
    this.panel.tellList(before);
    if (this.panel.state.missing) this.askWithin(GAP_SPREAD_MS);
  }

  failed(talkId, error) {
    if (talkId !== this.panel.state.talkId) return;
    this.panel.fault = error;
    this.panel.draw();
  }

  /** Only while somebody looks, and only without a socket. */
  pollLater() {
    clearTimeout(this.pollTimer);
    if (this.isOpen || [401, 403].includes(this.panel.fault?.status)) return;
    this.pollTimer = setTimeout(() => (document.hidden ? this.pollLater() : this.ask()), POLL_MS * (0.8 + 0.4 * Math.random()));
  }
}
