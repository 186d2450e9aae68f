// The control room. One state, drawn whole after each change and once a second; commands go by HTTP.
import "../../lib/drafts.js";
import { createClock } from "../../lib/clock.js";
import { changesHeard } from "./announcer.js";
import { embedded, find, findAll, setText, show } from "../../lib/dom.js";
import { connectLive } from "../../lib/socket.js";
import { startLanguageSwitch } from "../../shell/language_switch.js";
import { Automation } from "./automation.js";
import { zoneClock } from "./clock.js";
import { Commander } from "./commands.js";
import { Duty } from "./duty.js";
import { Health } from "./health.js";
import { cardTarget, drawCards, drawHead, drawRefusal, targetWord } from "./inspector.js";
import { Inputs } from "./inputs.js";
import { startKeys } from "./keys.js";
import { startKeysSwitch } from "./keys_switch.js";
import { Latency, latencyLine } from "./latency.js";
import { Log } from "./log.js";
import { Overrides } from "./overrides.js";
import { Picture } from "./picture.js";
import { Playlist, drawPlaylistTitle } from "./playlist.js";
import { PreflightPanel } from "./preflight_panel.js";
import { drawRow } from "./rows.js";
import { countViewers, lastResort, patchTrack, replaceState, sameTarget, targetOf, trackOf, undoSeconds } from "./state.js";
import { Sentence } from "./sentence.js";
import { Shift } from "./shift.js";
import { hourWord, todayWord } from "./all_streams.js";
import { StreamPanel, drawForgotten } from "./stream.js";
import { Switches } from "./switches.js";
import { drawTake } from "./take_button.js";
import { LostLock } from "./takeover.js";
import { TitleForm } from "./title_form.js";
import { drawUndo } from "./undo.js";
import { ageWord, say } from "./words.js";

const SILENT_MS = 10_000;
const POLL_MS = 4_000;
const REFRESH_MS = 30_000;
const ARMED_MS = 5_000;

class ControlRoom {
  constructor({ event, zone, person }) {
    this.event = event;
    this.person = Number(person);
    this.state = embedded("control-room");
    this.clock = createClock();
    this.clock.heard(this.state.server_time);
    this.zone = zoneClock(zone);
    this.zoneName = zone;
    this.loadedAt = this.shownAt = this.askedAt = performance.now();
    this.chosen = new Map();
    this.named = new Map();
    this.armed = null;
    this.latency = new Latency();
    this.inspector = find("[data-inspector]");
    this.rows = new Map(findAll("[data-track]").map((row) => [Number(row.dataset.track), row]));
    this.selected = this.firstSelected();
  }

  start() {
    if (!this.rows.size) return;
    this.commander = new Commander({
      urlOf: (id) => `/api/v1/events/${this.event}/tracks/${id}/commands`,
      onTrack: (track) => this.change(patchTrack(this.state, track)),
      onChange: () => this.draw(),
      onDone: (press) => this.done(press),
      onAnswer: (id, times) => this.latency.answered(id, times),
      ask: () => this.askSoon(),
    });
    this.startParts();
    this.startButtons();
    this.startKeys();
    this.live = this.connect();
    this.draw();
    setInterval(() => this.tick(), 500);
  }

  startParts() {
    const ask = () => this.askSoon();
    const tell = (text) => this.say(text);
    const base = `/${this.event}/console`;
    this.pictures = new Map(findAll("[data-picture]").map((box) => [box, new Picture(box)]));
    this.duty = new Duty(this.inspector, { person: this.person, urlOf: (id, what) => `${base}/tracks/${id}/${what}`, ask, tell });
    this.automation = new Automation(find("[data-automation]"), { urlOf: (id, what) => `${base}/tracks/${id}/${what}`, ask, tell });
    this.inputs = new Inputs(find("[data-inputs]"), { urlOf: (id, what) => `${base}/tracks/${id}/${what}`, zone: this.zoneName, ask, tell });
    this.health = new Health(find("[data-health]"), { urlOf: (id, what) => `${base}/tracks/${id}/${what}`, ask, tell });
    const streamTools = { base, urlOf: (id, what) => `${base}/tracks/${id}/${what}`, ask, tell, words: embedded("stream-words") };
    this.stream = new StreamPanel(find("[data-stream]"), streamTools);
    this.switches = new Switches(find("[data-switches]"));
    this.overrides = new Overrides({ root: find("[data-overrides]"), banners: find("[data-override-requests]"), playlist: find("[data-playlist]"), base, person: this.person, ask, tell });
    this.titleForm = new TitleForm(find("[data-title-part]"), { urlOf: (id) => `${base}/talks/${id}/title`, ask, tell });
    this.sentence = new Sentence(document, { base, ask, tell });
    this.log = new Log(find(".clog"), { clockSeconds: this.zone.seconds, url: `${base}/log`, fileUrl: `${base}/log.csv` });
    const urlOf = (id, what) => `${base}/tracks/${id}/${what}`;
    this.preflight = new PreflightPanel(find("[data-preflight]"), { urlOf, ask, tell });
    this.shift = new Shift({ root: find("[data-shift-part]"), dialog: find("[data-shift]"), urlOf, clockTime: this.zone.time, ask, tell });
    this.lostLock = new LostLock(find("[data-lost-lock]"), { person: this.person, tell });
    startKeysSwitch(find("[data-keys]"));
    const allButton = find("[data-playlist-all]");
    this.playlist = new Playlist(find("[data-playlist]"), { allButton, onChoose: (id) => this.choose(id), clockTime: this.zone.time });
    for (const form of findAll("[data-language-switch]")) startLanguageSwitch(form);
  }

  // What is known

  connect() {
    return connectLive({
      event: this.event,
      path: `/ws/events/${this.event}/console`,
      documentUrl: `/${this.event}/console/state`,
      meUrl: null,
      onSnapshot: (document) => this.received(document),
      onFrame: (frame) => this.frame(frame),
      onAnswer: (response) => this.answered(response),
      onState: (status) => (this.status = status),
    });
  }

  /** The console's own state by HTTP; the viewers' document heals a missed push, and then ours is asked for. */
  received(document) {
    if (document.control_room) this.replace(document);
    else this.askSoon();
    return false;
  }

  replace(state) {
    this.clock.heard(state.server_time);
    this.shownAt = performance.now();
    this.change(replaceState(this.state, state));
  }

  answered(response) {
    if (response.ok || response.status === 304) this.shownAt = performance.now();
    this.isRefused = response.status === 401 || response.status === 403;
  }

  frame({ kind, body }) {
    this.shownAt = performance.now();
    if (kind === "console.snapshot") this.replace(body);
    else if (kind === "viewers.counted") this.change(countViewers(this.state, body.tracks));
    else {
      if (kind === "on_air.changed") this.heardOnAir(body);
      this.askSoon();
    }
    return false;
  }

  heardOnAir(track) {
    this.latency.announced(track);
    this.change(patchTrack(this.state, track));
  }

  /** What others did is said; what was pressed here says so itself. */
  change(state) {
    const isOwn = (id) => this.commander.phaseOf(id) !== null || this.commander.isResting(id);
    const heard = changesHeard(this.state, state, isOwn);
    this.state = state;
    if (heard.length) this.say(heard.join(" "));
    this.draw();
  }

  /** What is heard while an answer is under way may not be in it: then it is asked for once more. */
  askSoon() {
    this.askAgain = Boolean(this.asking);
    if (this.asking) return;
    this.asking = setTimeout(async () => {
      this.askedAt = performance.now();
      this.askAgain = false;
      await this.live.ask();
      this.asking = null;
      if (this.askAgain) this.askSoon();
    }, 30);
  }

  socketAge() {
    return performance.now() - Math.max(this.live.heardAt ?? 0, this.loadedAt);
  }

  isUnknown() {
    return this.socketAge() > SILENT_MS;
  }

  /** Without a frame the state is asked for often, with frames now and then, in case one of ours was lost. */
  tick() {
    const wait = this.socketAge() > SILENT_MS / 2 ? POLL_MS : REFRESH_MS;
    if (performance.now() - this.askedAt > wait) this.askSoon();
    if (this.armed && performance.now() > this.armed.until) this.disarm();
    this.draw();
  }

  // What is chosen

  track() {
    return trackOf(this.state, this.selected) ?? this.state.tracks[0];
  }

  firstSelected() {
    const named = new URLSearchParams(location.search).get("track");
    const mine = this.state.tracks.find((track) => track.duty.person?.id === this.person);
    return (this.state.tracks.find((track) => track.name === named) ?? mine ?? this.state.tracks[0])?.id;
  }

  select(id) {
    if (!this.rows.has(id)) return;
    this.selected = id;
    this.disarm();
    this.draw();
  }

  choose(talkId) {
    const isOff = this.chosen.get(this.selected) === talkId;
    this.chosen.set(this.selected, isOff ? null : talkId);
    this.named.set(this.selected, this.targetFor(this.track()));
    this.commander.dismiss(this.selected);
    this.draw();
  }

  targetFor(track) {
    return targetOf(track, this.chosen.get(track.id));
  }

  // What is done

  /** One press fires what the button names, at once; while it is being sent or rests it does nothing. */
  take(trackId) {
    const track = trackOf(this.state, trackId);
    const target = this.targetFor(track);
    if (!target || this.commander.phaseOf(trackId) || this.commander.isResting(trackId)) return;
    this.fire(track, target);
  }

  fire(track, target) {
    this.disarm();
    this.commander.send(track, target);
  }

  card(card) {
    const track = this.track();
    if (track.card !== card && !this.commander.phaseOf(track.id)) this.fire(track, cardTarget(card));
  }

  undo() {
    const track = this.track();
    if (undoSeconds(track, this.clock.now()) === null) return;
    if (this.commander.phaseOf(track.id)) return this.say(gettext("The last press is still under way. Press U again."));
    this.fire(track, { command: "undo", talk: null });
  }

  done({ trackId, target }) {
    const track = trackOf(this.state, trackId);
    this.chosen.delete(trackId);
    this.named.set(trackId, this.targetFor(track));
    this.say(say(gettext("Track %(name)s: %(what)s done."), { name: track.name, what: targetWord(target) }));
  }

  arm(target) {
    const track = this.track();
    if (!target || this.commander.phaseOf(track.id)) return;
    this.armed = { trackId: track.id, target, revision: track.revision, until: performance.now() + ARMED_MS };
    this.say(say(gettext("%(what)s is armed. Enter fires."), { what: targetWord(target) }));
    this.draw();
  }

  disarm() {
    this.armed = null;
    if (this.commander) this.draw();
  }

  fireArmed() {
    const { trackId, target } = this.armed;
    if (this.commander.phaseOf(trackId)) return;
    this.fire(trackOf(this.state, trackId), target);
  }

  /** What was armed on another state is no longer what the person saw. */
  checkArmed() {
    if (!this.armed) return;
    const track = trackOf(this.state, this.armed.trackId);
    if (track.revision === this.armed.revision) return;
    this.armed = null;
    this.say(gettext("Disarmed: the track has changed."));
  }

  // Buttons and keys

  startButtons() {
    for (const [id, row] of this.rows) {
      find("[data-select]", row).addEventListener("click", () => this.select(id));
      row.addEventListener("click", (event) => event.target.closest("button, video") || this.select(id));
    }
    for (const button of findAll("[data-take]")) button.addEventListener("click", (event) => this.pressed(button, event));
    for (const button of findAll("[data-card]")) button.addEventListener("click", () => this.card(button.dataset.card));
    find("[data-undo-button]").addEventListener("click", () => this.undo());
    find("[data-refusal-close]").addEventListener("click", () => this.commander.dismiss(this.selected));
    find("[data-line-retry]").addEventListener("click", () => this.live.retry());
    find("[data-open-keys]").addEventListener("click", () => find("[data-keys]").showModal());
    find("[data-resort-copy]").addEventListener("click", () => this.copyResort());
  }

  /** A click without a pointer comes from a screen reader: the first arms, the second fires. */
  pressed(button, event) {
    const id = Number(button.closest("[data-track]")?.dataset.track ?? this.selected);
    if (event.detail > 0 || event.pointerType) return this.take(id);
    this.select(id);
    if (this.armed && sameTarget(this.armed.target, this.targetFor(this.track()))) this.fireArmed();
    else this.arm(this.targetFor(this.track()));
  }

  startKeys() {
    startKeys({
      select: (index) => this.selectAt(index),
      armTake: () => this.arm(this.targetFor(this.track())),
      armCard: (card) => this.track().card !== card && this.arm(cardTarget(card)),
      fireArmed: () => this.fireArmed(),
      disarm: () => this.disarm(),
      undo: () => this.undo(),
      hold: () => this.automation.hold(),
      shift: (minutes) => this.shift.open(minutes),
      help: () => find("[data-keys]").showModal(),
      isArmed: () => this.armed !== null,
    });
  }

  selectAt(index) {
    const track = this.state.tracks[index];
    if (!track) return;
    this.select(track.id);
    find("[data-select]", this.rows.get(track.id)).focus();
  }

  async copyResort() {
    const line = find("[data-resort]");
    try {
      await navigator.clipboard.writeText(line.textContent);
      this.say(gettext("Copied."));
    } catch {
      getSelection().selectAllChildren(line);
      this.say(gettext("Selected: copy it with the keyboard."));
    }
  }

  say(text) {
    setText(find("[data-said]"), text);
  }

  // Drawing

  look(track) {
    const now = this.clock.now();
    return {
      now,
      age: this.age(),
      isUnknown: this.isUnknown(),
      isSelected: track.id === this.selected,
      person: this.person,
      phase: this.commander.phaseOf(track.id),
      clockTime: this.zone.time,
      clockSeconds: this.zone.seconds,
      armedCard: this.armed?.trackId === track.id ? this.armed.target.card : null,
    };
  }

  age() {
    return ageWord(Math.floor((performance.now() - this.shownAt) / 1000));
  }

  draw() {
    this.checkArmed();
    this.drawTop();
    for (const track of this.state.tracks) {
      const row = this.rows.get(track.id);
      if (!row) continue;
      this.restAfterSurprise(track);
      drawRow(row, track, this.look(track));
      drawTake(find("[data-take]", row), this.takeLook(track));
      this.pictures.get(find("[data-picture]", row)).draw(track);
    }
    this.drawSelected(this.track());
  }

  /** When somebody else changes what the button names, it rests: a press under way meant the former target. */
  restAfterSurprise(track) {
    const target = this.targetFor(track);
    if (this.named.has(track.id) && !sameTarget(this.named.get(track.id), target)) this.commander.rest(track.id);
    this.named.set(track.id, target);
  }

  takeLook(track) {
    const press = this.commander.pressOf(track.id);
    const target = this.targetFor(track);
    const armed = this.armed?.trackId === track.id && this.armed.target.command !== "card";
    return {
      target: press?.target.talk ? press.target : target,
      phase: press?.phase ?? null,
      isArmed: armed,
      isResting: this.commander.isResting(track.id),
      isRefused: this.commander.refusalOf(track.id) !== null,
      mark: track.mark,
    };
  }

  drawSelected(track) {
    const look = this.look(track);
    drawHead(this.inspector, track, look);
    drawRefusal(find("[data-refusal]"), track, this.commander.refusalOf(track.id), this.state.log);
    drawUndo(find("[data-undo]"), track, look);
    drawCards(this.inspector, track, look);
    for (const button of [find(".bigtake"), find(".dtake")]) drawTake(button, this.takeLook(track));
    drawPlaylistTitle(find("[data-playlist-title]"), track);
    this.playlist.draw(track, this.chosen.get(track.id), look.now);
    this.duty.draw(track, this.state.tracks, look.now);
    this.automation.draw(track, look);
    this.shift.draw(track, this.chosen.get(track.id), look);
    this.preflight.draw(track, this.chosen.get(track.id), look);
    setText(find("[data-latency]"), latencyLine(this.latency.of(track.id)));
    this.health.draw(track, look);
    this.inputs.draw(track, look);
    this.stream.draw(track, look, this.state.cost);
    this.switches.draw(track, look);
    this.overrides.draw(track, look, this.state.tracks);
    this.titleForm.draw(this.talkToCorrect(track));
    this.sentence.draw(track, this.state.announcement);
    setText(find("[data-resort]"), lastResort(this.state, track, this.targetFor(track)));
    this.log.draw(this.state, track);
  }

  talkToCorrect(track) {
    const chosen = track.playlist.find((talk) => talk.talk_id === this.chosen.get(track.id));
    return chosen ?? track.on_air ?? track.next;
  }

  drawTop() {
    const tracks = this.state.tracks;
    const viewers = tracks.map((track) => track.viewers);
    setText(find("[data-clock]"), this.zone.seconds(this.clock.now()));
    setText(find("[data-age]"), `${find("[data-age]").dataset.zoneName}・${this.age()}`);
    setText(find('[data-stat="on_air"]'), `${tracks.filter((track) => track.lamp === "on").length}/${tracks.length}`);
    setText(find('[data-stat="viewers"]'), viewers.includes(null) ? "?" : viewers.reduce((sum, n) => sum + n, 0).toLocaleString());
    setText(find('[data-stat="cost"]'), hourWord(this.state.cost));
    setText(find('[data-stat="cost_today"]'), todayWord(this.state.cost));
    drawForgotten(find("[data-forgotten]"), this.state, (id) => this.select(id));
    setText(find('[data-stat="line"]'), this.isUnknown() ? gettext("? silent") : gettext("open"));
    find('[data-stat="line"]').classList.toggle("okv", !this.isUnknown());
    const mine = tracks.filter((track) => track.duty.person?.id === this.person).map((track) => track.name);
    setText(find("[data-my-tracks]"), mine.length ? say(gettext("on duty: %(tracks)s"), { tracks: mine.join(", ") }) : "");
    this.lostLock.draw(tracks, this.clock.now());
    this.drawLine();
  }

  drawLine() {
    const box = find("[data-line]");
    const isSilent = Boolean(this.isUnknown() || this.isRefused);
    if (!box.hidden && !isSilent) this.say(gettext("The live line is back."));
    if (box.hidden && isSilent) this.say(gettext("The live line is silent. The buttons work on."));
    show(box, isSilent);
    const seconds = Math.floor(this.socketAge() / 1000);
    const silent = say(gettext("The live line has been silent for %(n)s seconds"), { n: seconds });
    setText(find("[data-line-what]", box), this.isRefused ? gettext("You may no longer direct this event") : silent);
    const so = say(gettext("What you see is %(age)s. The buttons work on."), { age: this.age() });
    setText(find("[data-line-so]", box), this.isRefused ? gettext("Sign in again, or ask an organizer.") : so);
  }
}

new ControlRoom(document.getElementById("console-app").dataset).start();
