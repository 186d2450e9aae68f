// The messages on the page. What changed is drawn anew and nothing else; new ones come at the end. The list follows
// only while its end is in sight, and nothing jumps under somebody who reads further up.
import { find, findAll, setText, show } from "../../lib/dom.js";
import { isMine } from "./room_state.js";
import { pendingRow, rowOf } from "./row.js";

const NEAR_END = 48;
const NEAR_TOP = 80;

export class MessageList {
  /** `older()` is called when somebody reads near the top. */
  constructor(root, { time, older }) {
    this.scroller = find("[data-chat-scroll]", root);
    this.list = find("[data-chat-list]", root);
    this.pendingList = find("[data-chat-pending]", root);
    this.newButton = find("[data-chat-new]", root);
    this.olderButton = find("[data-chat-older]", root);
    this.empty = find("[data-chat-empty]", root);
    this.time = time;
    this.drawn = new Map();
    this.unseen = 0;
    this.follows = true;
    this.newButton.addEventListener("click", () => this.toEnd());
    this.olderButton.addEventListener("click", older);
    this.scroller.addEventListener("scroll", () => this.scrolled(older), { passive: true });
  }

  /** The reader is at the end, or the page is not drawn at all. */
  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  scrolled(older) {
    this.follows = this.isAtEnd();
    if (this.follows) this.setUnseen(0);
    if (this.scroller.scrollTop < NEAR_TOP && !this.olderButton.hidden) older();
  }

  toEnd() {
    this.follows = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.setUnseen(0);
  }

  forget() {
    this.drawn.clear();
    this.list.replaceChildren();
    this.follows = true;
    this.setUnseen(0);
  }

  /** Draw the state; gives how many messages were added at the end. */
  draw(state, entries) {
    const before = this.scroller.scrollHeight;
    const top = this.scroller.scrollTop;
    const first = this.firstId();
    const wanted = [...state.messages, ...state.waiting];
    this.removeMissing(wanted);
    const added = this.place(state, wanted);
    show(this.olderButton, state.hasOlder);
    show(this.empty, state.room !== null && !wanted.length && !entries.length);
    this.pendingList.replaceChildren(...entries.map(pendingRow));
    this.keepPlace({ before, top, hasOlderRows: first !== null && first !== this.firstId(), added });
    return added;
  }

  firstId() {
    return this.list.firstElementChild?.dataset.message ?? null;
  }

  keepPlace({ before, top, hasOlderRows, added }) {
    if (this.follows) return this.toEnd();
    if (hasOlderRows) this.scroller.scrollTop = top + this.scroller.scrollHeight - before;
    this.setUnseen(this.unseen + added);
  }

  removeMissing(wanted) {
    const ids = new Set(wanted.map((row) => row.id));
    for (const [id, { element }] of this.drawn) {
      if (ids.has(id)) continue;
      element.remove();
      this.drawn.delete(id);
    }
  }

  place(state, wanted) {
    const known = new Map(state.messages.map((row) => [row.id, row]));
    const last = this.list.lastElementChild;
    let before = null;
    let added = 0;
    for (const row of [...wanted].reverse()) {
      const isNew = !this.drawn.has(row.id);
      const element = this.element(state, row, known);
      if (element.nextElementSibling !== before || !element.parentNode) this.list.insertBefore(element, before);
      if (isNew && (!last || last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) added += 1;
      before = element;
    }
    return added;
  }

  element(state, row, known) {
    const look = this.lookOf(state, row, known);
    const text = JSON.stringify([row, { ...look, own: [...look.own], parent: look.parent?.body }]);
    const drawn = this.drawn.get(row.id);
    if (drawn?.text === text) return drawn.element;
    const element = rowOf(row, look);
    if (drawn) this.replace(drawn.element, element);
    this.drawn.set(row.id, { element, text });
    return element;
  }

  /** What is open under a message stays open, and keeps what is typed there. */
  replace(old, fresh) {
    const acts = find("[data-acts]", old);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const mark = focused?.dataset.react ?? null;
    if (acts) {
      fresh.append(acts);
      find("[data-more]", fresh)?.setAttribute("aria-expanded", "true");
    }
    old.replaceWith(fresh);
    if (!focused) return;
    if (acts?.contains(focused)) focused.focus();
    else find(mark ? `[data-react=${mark}]` : "[data-more]", fresh)?.focus();
  }

  lookOf(state, row, known) {
    const isWaiting = row.state === "waiting";
    const mine = isMine(state, row);
    return {
      time: this.time(row.created_at),
      isWaiting,
      own: state.ownReactions.get(row.id) ?? new Set(),
      parent: row.reply_to === null ? undefined : (known.get(row.reply_to) ?? null),
      canAct: isWaiting ? mine : Boolean(state.me?.can_write || state.me?.can_moderate),
    };
  }

  setUnseen(count) {
    this.unseen = count;
    show(this.newButton, count > 0);
    const words = ngettext("%(count)s new message", "%(count)s new messages", count);
    setText(this.newButton, interpolate(words, { count }, true));
  }

  closeActions() {
    for (const acts of findAll("[data-acts]", this.list)) {
      const row = acts.closest("li");
      acts.remove();
      find("[data-more]", row)?.setAttribute("aria-expanded", "false");
    }
  }
}
