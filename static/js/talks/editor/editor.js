// The timetable editor: puts the parts together and says what happens.
import { embedded, find, findAll, setAttribute, setText, show } from "../../lib/dom.js";
import { keep, recall } from "../../lib/storage.js";
import { Changes } from "./changes.js";
import { Details } from "./details.js";
import { Drag } from "./drag.js";
import { Entries } from "./entries.js";
import { Grid } from "./grid.js";
import { Hand } from "./hand.js";
import { Keys } from "./keys.js";
import { Notices } from "./notices.js";
import { NOWHERE, changeOf, isPlaced, openingMoment, placeOf } from "./places.js";
import { Saving } from "./saving.js";
import { Store } from "./store.js";
import { dayOf } from "./times.js";
import { Tray } from "./tray.js";
import { Versions } from "./versions.js";
import { conflictText, placeText, say, shortPlace } from "./words.js";

const NOW_MS = 30_000;
const MARKED_MS = 15_000;
const ZOOM_KEY = "timetable-editor-zoom";
const TRACK_KEY = "timetable-editor-track";

class Editor {
  constructor(root) {
    this.root = root;
    this.phone = matchMedia("(max-width: 47.99rem)");
    this.store = new Store(embedded("timetable-state"), { ...root.dataset });
    this.grid = new Grid(find("[data-grid]", root));
    this.tray = new Tray(find("[data-tray]", root), () => this.draw());
    this.hand = new Hand(this.store, this.grid, () => this.handChanged());
    this.details = new Details(find("[data-details]", root), this.store, this.grid);
    this.notices = new Notices(find("[data-notices]", root));
    this.saving = new Saving(root, this.store);
    this.day = this.firstDay();
    this.trackId = this.firstTrack();
    this.drag = new Drag(this);
    this.keys = new Keys(this);
    this.makeDialogs();
    this.listen();
  }

  firstDay() {
    const { days } = this.store.frame;
    const wished = new URLSearchParams(location.search).get("day");
    const today = dayOf(this.store.frame, Date.now());
    return [wished, today].find((date) => days.includes(date)) ?? days[0];
  }

  /** A phone comes back from a talk's form to the track that it left. */
  firstTrack() {
    const { tracks } = this.store.frame;
    const last = Number(recall(TRACK_KEY));
    return (tracks.find(({ id }) => id === last) ?? tracks[0])?.id;
  }

  makeDialogs() {
    const dialog = (name) => document.getElementById(`te-${name}`);
    this.changes = new Changes(dialog("changes"), this.store, (version) => this.published(version));
    this.versions = new Versions(dialog("versions"), this.store, (version) => this.restored(version));
    this.entries = new Entries(dialog("entry"), this.store, (talk) => this.entryMade(talk));
    for (const close of findAll("dialog [data-close]")) close.addEventListener("click", () => close.closest("dialog").close());
  }

  listen() {
    const { store, root } = this;
    store.addEventListener("changed", () => this.draw());
    store.addEventListener("saved", () => this.notices.clear("refused"));
    store.addEventListener("refused", ({ detail }) => this.refused(detail));
    store.addEventListener("stale", ({ detail }) => this.stale(detail));
    store.addEventListener("moved", ({ detail }) => this.movedByOther(detail.moves));
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("focusin", (event) => this.chooseCell(event));
    root.addEventListener("dblclick", (event) => this.openForm(event));
    this.phone.addEventListener("change", () => this.draw());
    addEventListener("beforeunload", (event) => store.pending.size && event.preventDefault());
    setInterval(() => this.grid.drawNow(), NOW_MS);
  }

  start() {
    this.zoom(recall(ZOOM_KEY, "normal"));
    this.chooseDay(this.day);
    this.root.classList.add("ready");
    this.store.startAsking();
  }

  // Drawing

  draw() {
    const { store, hand } = this;
    // What is in the hand stays where it was taken from, whatever another editor does meanwhile.
    const talks = store.talks.map((talk) => (hand.isHolding && talk.id === hand.talk.id ? hand.talk : talk));
    this.grid.draw(store.frame, talks, this.day, this.columns);
    this.tray.draw(store.frame, talks);
    if (hand.isHolding) hand.draw();
    this.drawBar(talks);
    this.saving.draw();
    this.handChanged();
  }

  get columns() {
    const { tracks } = this.store.frame;
    return this.phone.matches ? tracks.filter((track) => track.id === this.trackId) : tracks;
  }

  drawBar(talks) {
    const count = talks.filter(changeOf).length;
    const button = find("[data-changes]", this.root);
    const text = count ? say(ngettext("%(count)s change", "%(count)s changes", count), { count }) : gettext("No changes");
    setText(find("[data-change-count]", button), text);
    button.classList.toggle("primary", count > 0);
    this.drawUndo();
    for (const tab of findAll("[data-day]", this.root)) setAttribute(tab, "aria-current", tab.dataset.day === this.day ? "date" : null);
    for (const tab of findAll("[data-track]", this.root)) setAttribute(tab, "aria-current", Number(tab.dataset.track) === this.trackId ? "true" : null);
    for (const tab of findAll("[data-day]", this.root)) this.countDay(tab, talks);
  }

  countDay(tab, talks) {
    const here = talks.filter((talk) => isPlaced(placeOf(talk)) && dayOf(this.store.frame, placeOf(talk).starts) === tab.dataset.day);
    setText(find("[data-day-count]", tab), String(here.length));
    show(find("[data-day-clash]", tab), here.some((talk) => this.grid.conflicts.has(talk.id)));
  }

  drawUndo() {
    const { undo } = this.store.draft;
    const button = find("[data-undo]", this.root);
    button.disabled = !undo || this.store.pending.size > 0;
    const text = undo ? say(gettext("Undo: %(what)s"), { what: undo.text }) : gettext("Nothing to undo");
    setAttribute(button, "title", text);
    setText(find("[data-undo-what]", button), undo?.text ?? "");
  }

  handChanged() {
    this.details.draw(this.hand);
  }

  chooseCell(event) {
    const cell = event.target.closest(".te-cell");
    if (cell) this.details.choose(Number(cell.dataset.talk));
  }

  // What is pressed

  click(event) {
    const pressed = event.target.closest("button, a");
    if (!pressed) return;
    const { day, track, zoom } = pressed.dataset;
    if (day) this.chooseDay(day);
    else if (track) this.chooseTrack(Number(track));
    else if (zoom) this.zoom(zoom);
    else if ("changes" in pressed.dataset) this.changes.open();
    else if ("versions" in pressed.dataset) this.versions.open();
    else if ("entry" in pressed.dataset) this.entries.open();
    else if ("help" in pressed.dataset) this.act("help");
    else if ("undo" in pressed.dataset) this.undo();
    else if ("off" in pressed.dataset) this.takeOff();
    else if (pressed.matches(".te-grab")) this.pressTalk(event, pressed);
  }

  /** A phone has no room to drag: there a talk opens its form. Without a pointer a press picks up. */
  pressTalk(event, grab) {
    const cell = grab.closest(".te-cell");
    if (this.phone.matches) location.assign(find(".te-link", cell).href);
    else if (event.detail === 0 && !this.hand.isHolding) this.keys.pickUp(Number(cell.dataset.talk));
    else grab.focus({ preventScroll: true });
  }

  openForm(event) {
    const cell = event.target.closest(".te-cell");
    if (cell) location.assign(find(".te-link", cell).href);
  }

  chooseDay(date) {
    this.day = date;
    const address = new URL(location.href);
    address.searchParams.set("day", date);
    history.replaceState(null, "", address);
    this.draw();
    if (!this.hand.isHolding) this.goToStart();
    const preview = find("[data-preview]", this.root);
    if (preview) preview.search = `?day=${date}`;
  }

  goToStart() {
    this.grid.scrollTo(openingMoment(this.store.frame, this.grid.span, this.store.talks, Date.now()));
  }

  chooseTrack(id) {
    this.trackId = id;
    keep(TRACK_KEY, id);
    this.draw();
  }

  zoom(name) {
    const middle = this.grid.span ? this.grid.root.scrollTop / this.grid.tick : 0;
    this.root.dataset.scale = name;
    keep(ZOOM_KEY, name);
    for (const button of findAll("[data-zoom]", this.root)) button.setAttribute("aria-pressed", String(button.dataset.zoom === name));
    if (!this.grid.span) return;
    this.grid.root.scrollTop = middle * this.grid.tick;
    this.hand.isHolding && this.hand.draw();
  }

  takeOff() {
    const talk = this.store.talk(this.details.talkId);
    this.hand.take(talk, "pointer");
    this.hand.to(NOWHERE);
    this.dropped(this.hand.drop());
  }

  act(name) {
    if (name === "help") document.getElementById("te-help").showModal();
    if (name === "undo") this.undo();
    if (name === "picked") this.speak(say(gettext("Picked up “%(title)s”. %(where)s"), { title: this.hand.talk.title, where: this.hand.sentence }));
    if (name === "steered") this.speak(this.hand.sentence);
    return true;
  }

  async undo() {
    const { undo } = this.store.draft;
    if (!undo) return;
    try {
      await this.store.command(this.store.urls.undo);
      this.speak(say(gettext("Undone: %(what)s"), { what: undo.text }));
      this.notices.clear();
    } catch (error) {
      this.undoFailed(error);
    }
  }

  undoFailed(error) {
    const code = error.body?.code;
    if (code === "moved_since") return this.undoDropped(error.body);
    const words = {
      nothing_to_undo: gettext("There is nothing of yours to undo."),
      conflict: gettext("Not undone: its old place is taken now."),
    };
    const title = words[code] ?? gettext("Not undone: the server did not answer.");
    this.warn({ kind: "refused", title, lines: this.sentences(error.body) });
    this.store.ask();
  }

  /** Whoever moved the talk since keeps the last word; the steps before that one can still be undone. */
  undoDropped(answer) {
    const { frame } = this.store;
    const { talk, by } = answer;
    this.store.learn(answer);
    const values = { title: talk.title, name: by ?? gettext("Somebody else"), where: shortPlace(frame, talk, placeOf(talk), this.day) };
    const title = say(gettext("Not undone: %(name)s has changed “%(title)s” since. It stays: %(where)s"), values);
    this.warn({ kind: "refused", title, lines: this.store.draft.undo ? [gettext("Undo goes on with the step before.")] : [] });
  }

  sentences(body) {
    return (body?.conflicts ?? []).map(({ text }) => text).filter(Boolean);
  }

  // What happened

  speak(text) {
    setText(find("[data-speak]", this.root), text);
  }

  warn(notice) {
    this.notices.tell(notice);
    this.speak([notice.title, ...(notice.lines ?? [])].join(" "));
  }

  /** After the hand was opened: "moved", "back", "cancelled", or "refused" (by keyboard it still holds). */
  dropped(what) {
    const { hand, store } = this;
    if (what === "refused") this.refuseHere();
    if (what === "cancelled") this.speak(gettext("Put back."));
    if (what === "moved") this.notices.clear();
    this.draw();
    if (what === "moved") this.speak(this.lastMove(store));
    if (what === "refused" && hand.by === "pointer") hand.release("back");
  }

  lastMove(store) {
    const [id, move] = [...store.pending].at(-1) ?? [];
    const talk = id && store.talk(id);
    return talk ? say(gettext("“%(title)s”: %(where)s"), { title: talk.title, where: placeText(store.frame, talk, move.place, this.day) }) : "";
  }

  refuseHere() {
    const { hand } = this;
    const values = { title: hand.talk.title, where: shortPlace(this.store.frame, hand.talk, hand.place, this.day) };
    this.warn({ kind: "refused", title: say(gettext("Not moved: “%(title)s” to %(where)s"), values), lines: hand.reasons });
  }

  refused({ talk, place, conflicts, reasons }) {
    const { frame, talks } = this.store;
    const lines = conflicts.map((conflict) => conflict.text || conflictText(frame, talks, talk, place, conflict));
    const values = { title: talk?.title ?? "", where: shortPlace(frame, talk, place, this.day) };
    this.draw();
    this.warn({ kind: "refused", title: say(gettext("Not moved: “%(title)s” to %(where)s"), values), lines: [...lines, ...reasons] });
  }

  stale({ talk, wanted }) {
    const { frame } = this.store;
    const values = { title: talk.title, name: talk.moved_by ?? gettext("Somebody else"), where: shortPlace(frame, talk, placeOf(talk), this.day) };
    const title = say(gettext("%(name)s has moved “%(title)s” meanwhile: %(where)s"), values);
    const again = { label: gettext("Move it all the same"), act: () => this.store.move(talk.id, wanted, this.store.talk(talk.id).revision) };
    this.draw();
    this.warn({ kind: "stale", title, lines: [say(gettext("Your move to %(where)s was not saved."), { where: shortPlace(frame, talk, wanted, this.day) })], actions: [again] });
  }

  movedByOther(moves) {
    const { frame } = this.store;
    const lines = moves.slice(0, 3).map(({ talk }) => this.otherText(frame, talk));
    if (moves.length > 3) lines.push(say(ngettext("and %(count)s more", "and %(count)s more", moves.length - 3), { count: moves.length - 3 }));
    this.draw();
    for (const { talk } of moves) this.mark(this.grid.cells.get(talk.id));
    if (this.hand.isHolding) return;
    this.speak(lines.join(" "));
    if (!this.notices.kind || this.notices.kind === "told") this.notices.tell({ kind: "told", title: gettext("Another editor has moved:"), lines });
  }

  /** For a while, what the other editor moved is framed. */
  mark(cell) {
    cell?.classList.add("theirs");
    setTimeout(() => cell?.classList.remove("theirs"), MARKED_MS);
  }

  otherText(frame, talk) {
    const values = { title: talk.title, where: shortPlace(frame, talk, placeOf(talk), this.day), name: talk.moved_by };
    const text = isPlaced(placeOf(talk)) ? gettext("“%(title)s” to %(where)s") : gettext("“%(title)s” back to the list");
    return say(talk.moved_by ? gettext("%(name)s: %(what)s") : "%(what)s", { ...values, what: say(text, values) });
  }

  published(version) {
    const number = version?.number ?? version;
    if (!this.store.frame.is_public) return this.publishedUnseen(number);
    this.warn({ kind: "told", title: say(gettext("Version %(number)s is published. Open timetables change by themselves."), { number }) });
  }

  /** Otherwise somebody would wait for visitors who see nothing. */
  publishedUnseen(number) {
    const title = say(gettext("Version %(number)s is published, but visitors do not see the timetable yet."), { number });
    const actions = [{ label: this.root.dataset.showLabel, href: this.root.dataset.showUrl }];
    this.warn({ kind: "stale", title, lines: [gettext("They see it once the event is announced and the timetable is shown.")], actions });
  }

  restored(version) {
    this.warn({ kind: "told", title: say(gettext("Version %(number)s is published again, and the draft is as it was then."), { number: version?.number ?? version }) });
  }

  entryMade(talk) {
    this.draw();
    const cell = this.tray.cells.get(talk.id);
    if (cell) find(".te-grab", cell).focus();
    this.speak(say(gettext("“%(title)s” is in the list of unscheduled talks."), { title: talk.title }));
  }
}

const root = find("[data-timetable-editor]");
show(root, true);
for (const plain of findAll("[data-plain]")) show(plain, false);
if (root) new Editor(root).start();
