// The viewer page. The live client brings frames, lib/state.js keeps what is known, and everything on the page is
// drawn from that state: `draw` may be called at any time and changes only what differs.
import "../lib/drafts.js";
import { createClock } from "../lib/clock.js";
import { embedded, find } from "../lib/dom.js";
import { connectLive } from "../lib/socket.js";
import { applyDocument, applyFrame, forgetViewers, startState } from "../lib/state.js";
import { Player } from "./player.js";
import { follow, note, shownTrack, startShown } from "./switch_time.js";
import { AnnouncementBar, OfflineBar, textOf } from "./watch/bars.js";
import { Doors } from "./watch/doors.js";
import { startKeys } from "./watch/keys.js";
import { LaterView } from "./watch/later.js";
import { Notes } from "./watch/notes.js";
import { startPanel } from "./watch/panel.js";
import { isOfRooms, Rooms } from "./watch/rooms.js";
import { reportSwitch } from "./watch/sightings.js";
import { startSpeech } from "./watch/speech.js";
import { drawTabs, startTabs } from "./watch/tabs.js";
import { TalkView } from "./watch/talk.js";
import { timesIn } from "./watch/times.js";

const REFRESH_MS = { least: 5_000, spread: 25_000 };
const MOVING = new Set(["playing", "muted", "stalled"]);

class Watch {
  constructor(root) {
    this.root = root;
    this.clock = createClock();
    this.times = timesIn(root.dataset.zone);
    this.state = startState(embedded("live-document"), embedded("programme"));
    this.trackId = Number(root.dataset.track) || null;
    this.shown = startShown(this.track());
    this.say = startSpeech(find("[data-say]"));
    this.doors = new Doors(this.state.phase, () => this.draw());
    this.buildViews();
    this.live = this.connect();
    this.rooms = this.openRooms();
    this.listen();
    this.draw();
    setInterval(() => this.later.draw(this.state.programme, shownTrack(this.shown, this.track())), 30_000);
  }

  buildViews() {
    const shared = { times: this.times, now: () => this.clock.now() };
    const { loginUrl, registrationUrl, talksUrl, event } = this.root.dataset;
    const here = encodeURIComponent(location.pathname + location.search);
    this.tabs = find("[data-tabs]");
    this.talk = new TalkView(find("[data-talk]", this.root), shared);
    this.later = new LaterView(find("[data-later]", this.root), { ...shared, timetableUrl: talksUrl });
    this.notes = new Notes(find("[data-notes]", this.root), event);
    this.announcement = new AnnouncementBar(find("[data-bars]"), this.times);
    this.offline = new OfflineBar(find("[data-bars]"), { ...shared, retry: () => this.live.retry() });
    this.player = new Player(find("[data-player]", this.root), {
      context: {
        now: shared.now,
        time: this.times.time,
        loginUrl: `${loginUrl}?next=${here}`,
        registrationUrl: `${registrationUrl}?next=${here}`,
        talksUrl,
      },
      onState: (answer) => this.count(answer),
      onNote: (mark) => this.met(mark),
    });
  }

  connect() {
    return connectLive({
      event: this.root.dataset.event,
      onSnapshot: (document) => this.accept(applyDocument(this.state, document), document),
      onFrame: (frame) => this.receive(frame),
      onState: (status) => this.hear(status),
      onAnswer: (response) => this.clock.heardFrom(response),
    });
  }

  openRooms() {
    const panel = find("[data-panel]", this.root);
    return new Rooms(panel, { say: (wish) => this.live.say(wish), offer: startPanel(panel) });
  }

  listen() {
    startTabs(this.tabs, (id) => this.choose(id));
    startKeys(find("[data-keys]"), { player: this.player, chooseNth: (number) => this.chooseNth(number) });
    this.player.controls.control("keys").addEventListener("click", () => find("[data-keys]").showModal());
    addEventListener("popstate", () => this.followAddress());
    this.root.addEventListener("watch:said", (event) => this.say(event.detail));
  }

  // What comes in

  /** Frames of questions and chat have counters of their own. */
  receive(frame) {
    if (!isOfRooms(frame.kind)) return this.accept(applyFrame(this.state, frame));
    this.rooms.frame(frame);
    return false;
  }

  accept({ state, gap }, document) {
    if (document) this.clock.guessed(document.server_time);
    this.state = state;
    if (state.programmeMayBeOld) this.refreshProgramme();
    this.draw({ byFrame: !document });
    return gap;
  }

  /** The picture has reached the note of a switch. One that we have not heard of was lost on its way here. */
  met(mark) {
    if (this.shown.reads && mark.revision <= this.shown.noted) return;
    this.shown = note(this.shown, mark, performance.now());
    const track = this.track();
    if (mark.track === track?.id && mark.revision > track.revision) this.live.askIf(true);
    this.draw();
  }

  hear(status) {
    this.offline.draw(status);
    this.rooms?.connected(status.connection === "open");
    if (status.connection !== "open" && this.connection === "open") {
      this.state = forgetViewers(this.state);
      this.draw();
    }
    this.connection = status.connection;
    if (status.connection === "refused") this.player.update({ canWatch: false, refusal: status.code });
  }

  /** After a gap the programme may have changed unseen; it is fetched anew, each page at its own moment. */
  refreshProgramme() {
    this.refreshTimer ??= setTimeout(async () => {
      this.refreshTimer = null;
      const programme = await fetchProgramme();
      if (programme) this.state = { ...this.state, programme, programmeMayBeOld: false };
      this.draw();
    }, REFRESH_MS.least + Math.random() * REFRESH_MS.spread);
  }

  // Which track

  track() {
    return this.state.tracks.find((track) => track.id === this.trackId) ?? this.state.tracks[0] ?? null;
  }

  choose(id) {
    const track = this.state.tracks.find((candidate) => candidate.id === id);
    if (!track || id === this.trackId) return;
    history.pushState({}, "", `?track=${encodeURIComponent(track.name)}`);
    this.show(track);
  }

  chooseNth(number) {
    const track = this.state.tracks[number - 1];
    if (track) this.choose(track.id);
  }

  followAddress() {
    const name = new URLSearchParams(location.search).get("track");
    const track = this.state.tracks.find((candidate) => candidate.name === name) ?? this.state.tracks[0];
    if (track) this.show(track);
  }

  show(track) {
    this.trackId = track.id;
    document.title = `${track.name} | ${this.root.dataset.eventName}`;
    this.drawPlace();
    this.saidTalk = undefined;
    this.draw();
    this.say(interpolate(gettext("Track %(name)s"), { name: track.name }, true));
  }

  /** Mark and room stand in the tab already. */
  drawPlace() {
    const tab = find(`[data-tab="${this.trackId}"]`, this.tabs);
    find("[data-mark]", this.root).textContent = find(".tm", tab).textContent;
    find("[data-place]", this.root).textContent = find("[data-tab-room]", tab).textContent;
  }

  // What is shown

  draw({ byFrame = false } = {}) {
    const watched = this.track();
    const track = this.readable(watched, byFrame);
    const phase = this.doors.pass(this.state.phase);
    drawTabs(this.tabs, this.state.tracks.map((known) => (known === watched ? track : known)), track?.id ?? null);
    this.talk.draw(track, (id) => this.state.programme.find((row) => row.talk_id === id) ?? null);
    this.later.draw(this.state.programme, track);
    this.rooms.show(track);
    this.notes.offer(track?.on_air ?? track?.next ?? null);
    this.drawAnnouncement(track);
    this.player.update({ phase, track: this.doors.veil(watched) });
    this.tellChange(track);
  }

  /** The track with the words that may be read now: those of a new talk wait until the picture is there too. */
  readable(track, byFrame) {
    const before = this.shown;
    const isPlaying = MOVING.has(this.player.answer?.state);
    const look = { now: performance.now(), byFrame, isPlaying, latency: this.player.latency() };
    this.shown = follow(before, track, look);
    const isNew = this.shown.trackId === before.trackId && this.shown.revision > before.revision;
    if (isNew && MOVING.has(this.player.answer?.state)) reportSwitch(this.root.dataset.event, track);
    this.comeBack(this.shown.hold);
    return shownTrack(this.shown, track);
  }

  comeBack(hold) {
    clearTimeout(this.holdTimer);
    if (hold) this.holdTimer = setTimeout(() => this.draw(), Math.max(hold.until - performance.now(), 0) + 1);
  }

  drawAnnouncement(track) {
    const isNew = this.announcement.draw(this.state.announcement, track?.id ?? null);
    if (isNew) this.say(textOf(this.state.announcement));
  }

  tellChange(track) {
    const talk = track?.on_air ?? null;
    const isChange = this.saidTalk !== undefined && this.saidTalk !== (talk?.talk_id ?? null);
    this.saidTalk = talk?.talk_id ?? null;
    if (!isChange) return;
    if (talk) this.say(interpolate(gettext("Now: %(title)s"), { title: talk.title }, true));
    else this.say(gettext("The talk has ended."));
  }

  /** Whoever has no picture that plays is not watching. */
  count(answer) {
    const watching = MOVING.has(answer.state) ? (this.track()?.id ?? null) : null;
    if (watching === this.counted || !this.live) return;
    this.counted = watching;
    this.live.say({ watching });
  }
}

async function fetchProgramme() {
  try {
    const response = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return JSON.parse(page.getElementById("programme").textContent);
  } catch {
    return null;
  }
}

const root = find("[data-watch]");
if (root) new Watch(root);
