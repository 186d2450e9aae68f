// The contract stands in chat.js.
import { find, show } from "../../lib/dom.js";
import { Acts } from "./acts.js";
import { Composer } from "./composer.js";
import { MessageList } from "./list.js";
import { Notes } from "./notes.js";
import { Outbox } from "./outbox.js";
import { ChatRequests } from "./requests.js";
import * as known from "./room_state.js";
import { refusalOf, timeIn } from "./words.js";

const GAP_SPREAD_MS = 3_000;
const POLL_MS = 10_000;
const OFF = "chat_off";

export class Chat {
  constructor(root) {
    this.root = root;
    this.event = root.dataset.event;
    this.requests = new ChatRequests(this.event);
    this.state = known.emptyRoom();
    this.unread = 0;
    this.isVisible = true;
    this.isOpen = true;
    this.list = new MessageList(root, { time: timeIn(root.dataset.zone), older: () => this.older() });
    this.composer = new Composer(root, { send: (message) => this.outbox?.add(message) });
    this.notes = new Notes(root);
    this.acts = new Acts(this);
    addEventListener("online", () => this.outbox?.push());
  }

  // What the page tells us

  async enter(trackId) {
    if (trackId === this.state.trackId) return;
    this.leave();
    this.state = known.emptyRoom(trackId);
    this.list.forget();
    if (trackId === null) return;
    this.composer.enter(this.event, trackId);
    this.outbox = this.outboxOf(trackId);
    await this.load(trackId);
  }

  leave() {
    this.outbox?.stop();
    this.outbox = null;
    for (const timer of [this.gapTimer, this.pollTimer]) clearTimeout(timer);
    this.gapTimer = null;
    this.setUnread(0);
  }

  frame(kind, revision, body) {
    if (!kind.startsWith("message.")) return;
    if (this.isOff && body?.track_id === this.state.trackId) return void this.load(this.state.trackId);
    const { state, gap } = known.applyFrame(this.state, kind, revision, body);
    if (state !== this.state) this.accept(state);
    if (gap) this.askSoon();
  }

  connected(isOpen) {
    const cameBack = isOpen && !this.isOpen;
    this.isOpen = isOpen;
    clearTimeout(this.pollTimer);
    if (cameBack) {
      this.askSoon();
      this.outbox?.push();
    }
    if (!isOpen) this.pollSoon();
  }

  looked(isVisible) {
    this.isVisible = isVisible;
    if (!isVisible) return;
    this.setUnread(0);
    if (this.list.follows) this.list.toEnd();
  }

  // What is asked of the server

  async load(trackId) {
    try {
      const page = await this.requests.room(trackId);
      if (trackId !== this.state.trackId) return;
      this.setOff(false);
      this.accept(known.applyPage(this.state, page));
      this.outbox?.push();
    } catch (error) {
      if (trackId !== this.state.trackId) return;
      if (error.body?.code === OFF) return this.setOff(true);
      this.notes.failed();
      this.gapTimer = setTimeout(() => this.load(trackId), POLL_MS * (0.5 + Math.random()));
    }
  }

  askSoon() {
    if (this.gapTimer || this.state.trackId === null) return;
    this.gapTimer = setTimeout(() => this.ask(), Math.random() * GAP_SPREAD_MS);
  }

  async ask() {
    this.gapTimer = null;
    const { trackId, revision, room } = this.state;
    if (room === null) return this.load(trackId);
    try {
      const answer = await this.requests.room(trackId, { after: revision });
      if (trackId !== this.state.trackId) return;
      if (answer.has_more) return this.load(trackId);
      this.accept(known.applyChanges(this.state, answer));
    } catch (error) {
      if (error.body?.code === OFF) this.setOff(true);
      else if (this.isOpen) this.askSoon();
    }
  }

  pollSoon() {
    clearTimeout(this.pollTimer);
    this.pollTimer = setTimeout(async () => {
      if (this.isOpen) return;
      if (this.state.trackId !== null && navigator.onLine) await this.ask();
      this.pollSoon();
    }, POLL_MS * (0.7 + 0.6 * Math.random()));
  }

  async older() {
    const { trackId, messages, hasOlder } = this.state;
    if (this.isLoading || !hasOlder || !messages.length) return;
    this.isLoading = true;
    try {
      const page = await this.requests.room(trackId, { before: messages[0].number });
      if (trackId === this.state.trackId) this.accept(known.applyOlder(this.state, page));
    } catch {
      // The button stays, and so does what is on the page.
    } finally {
      this.isLoading = false;
    }
  }

  // What is sent

  outboxOf(trackId) {
    const box = new Outbox(`chat-outbox:${this.event}:${trackId}`, {
      send: ({ key, body, reply_to, name }) => this.requests.post(trackId, { client_key: key, body, reply_to, name }),
      done: (_entry, row) => this.posted(row),
      refused: (entry, error) => this.refused(entry, error),
      changed: () => this.draw(),
    });
    return box;
  }

  posted(row) {
    this.accept(known.applyOwn(this.state, row));
    this.list.toEnd();
    const slow = this.state.room?.slow_seconds;
    if (slow && !this.state.me?.can_moderate) this.composer.rest(slow);
  }

  refused(entry, error) {
    this.composer.giveBack(entry, error.status === 401 ? gettext("You are no longer signed in") : refusalOf(error));
    if (error.body?.retry_after) this.composer.rest(error.body.retry_after);
    if (error.body?.code === "name_taken" || error.body?.code?.startsWith("name_")) this.composer.askName(true);
    if (error.body?.code === "silenced") this.askSoon();
  }

  // What is shown

  accept(state) {
    this.state = this.list.follows ? known.bounded(state) : state;
    if (state.room && !state.room.is_on) return this.setOff(true);
    return this.draw();
  }

  draw() {
    const wasShown = this.isDrawn;
    this.isDrawn = this.state.room !== null;
    const added = this.list.draw(this.state, this.outbox?.entries ?? []);
    if (wasShown && !this.isSeen()) this.setUnread(this.unread + added);
    this.notes.draw(this.state);
    show(this.composer.form, Boolean(this.state.me?.can_write) && !this.notes.isShut);
    if (this.state.me && !this.composer.isNameWanted) this.composer.askName(!this.state.me.name);
  }

  /** Another tab of the panel hides the room, whether or not somebody told us. */
  isSeen() {
    return this.isVisible && this.root.getClientRects().length > 0;
  }

  setOff(isOff) {
    if (this.isOff === isOff) return;
    this.isOff = isOff;
    if (isOff) {
      this.state = { ...known.emptyRoom(this.state.trackId) };
      this.list.forget();
      this.isDrawn = false;
    }
    this.tell("chat:available", { isOn: !isOff });
  }

  setUnread(count) {
    if (count === this.unread) return;
    this.unread = count;
    this.tell("chat:unread", { count });
  }

  tell(name, detail) {
    this.root.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
