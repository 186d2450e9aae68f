// One track of the wall: its picture, its levels, what it shows and what is wrong with it.
import { find, findAll, make, setAttribute, setText, show } from "../../lib/dom.js";
import { Picture } from "../picture.js";
import { Frames } from "./frames.js";
import { STEPS, byWeight, faultsOf, remember, stepsLit, worstOf } from "./levels.js";
import { cardTitle, flagsText, lampWord, leftText } from "./words.js";

const STUCK = new Set(["stalled", "error", "notfound"]);
const [MIDDLE, HIGH] = [14, 17];

export class Tile {
  constructor(root, { workerPath, meters }) {
    Object.assign(this, { root, meters, meter: null, memory: {}, flags: [], heard: [], seen: new Map() });
    this.video = find("[data-video]", root);
    this.video.muted = true;
    this.picture = new Picture(this.video, { workerPath, onChange: () => {}, wantsSound: () => this.meter !== null });
    this.frames = new Frames(this.video);
    this.sides = [0, 1].map(() => make("span", {}, ...Array.from({ length: STEPS }, (_, i) => make("i", { class: stepClass(i) }))));
    this.box = find("[data-levels]", root);
    this.box.append(...this.sides);
    this.rows = this.sides.map((side) => findAll("i", side));
  }

  follow(track) {
    this.track = track;
    const { kind, url, low_latency: lowLatency } = track.playback;
    const wish = { kind, url, shouldPlay: kind === "hls", shouldMute: this.meter === null };
    this.picture.follow(wish, { lowLatency, audioOnly: false });
  }

  /** Ten times a second: the level. */
  listen() {
    this.startMeter();
    this.heard = this.meter && this.meters.isRunning && this.isMoving() ? this.meter.read() : [];
    this.rows.forEach((row, side) => this.light(row, stepsLit(this.heard[side] ?? null)));
    setAttribute(this.box, "data-on", stepsLit(this.level()));
  }

  level() {
    return this.heard.length ? Math.max(...this.heard) : null;
  }

  light(row, count) {
    row.forEach((step, i) => step.classList.toggle("on", i < count));
  }

  /** Only into a picture that may be looked into: the browser would turn any other silent for good. */
  startMeter() {
    if (this.meter || !this.meters.isRunning || !this.frames.isReadable) return;
    this.meter = this.meters.of(this.video);
    this.follow(this.track);
  }

  isMoving() {
    return this.picture.media.status === "playing";
  }

  /** Once a second: what is wrong. Only a talk that is seen can be black, still or silent. */
  watch(now) {
    const isHls = this.track.playback.kind === "hls";
    const look = isHls && this.isMoving() ? this.frames.look() : this.frames.unknown();
    const sample = { ...look, db: this.level(), isStalled: isHls && STUCK.has(this.picture.media.status) };
    this.memory = this.track.lamp === "on" ? remember(this.memory, sample, now) : {};
    this.flags = byWeight([...this.alarms(now), ...faultsOf(this.memory, now)]);
  }

  /** What the server says; when it cannot tell since when, the time counts from when it was first said here. */
  alarms(now) {
    const words = new Set(this.track.alarms.map(({ word }) => word));
    for (const word of this.seen.keys()) if (!words.has(word)) this.seen.delete(word);
    return this.track.alarms.map(({ word, level, since }) => {
      if (!this.seen.has(word)) this.seen.set(word, now);
      return { word, level, since: since ? new Date(since).getTime() : this.seen.get(word) };
    });
  }

  draw({ now, isUnknown, clockTime }) {
    const flags = isUnknown ? [] : this.flags;
    const level = worstOf(flags);
    const lamp = isUnknown ? "unk" : this.track.lamp;
    this.root.className = ["wt", lamp, level].filter(Boolean).join(" ");
    setText(find("[data-lamp]", this.root), isUnknown ? "?" : lampWord(lamp));
    this.drawFlag(flags, level, now);
    this.drawTalk(now, clockTime);
    this.drawPicture();
    this.drawFigures(isUnknown);
  }

  drawFlag(flags, level, now) {
    const flag = find("[data-flag]", this.root);
    show(flag, flags.length > 0);
    flag.className = `wflag ${level ?? ""}`;
    setText(find("[data-flag-words]", flag), flagsText(flags.slice(0, 2), now));
  }

  drawTalk(now, clockTime) {
    const { on_air: talk, card, next } = this.track;
    const title = find("[data-title]", this.root);
    setText(title, card ? cardTitle(card) : (talk?.title ?? ""));
    setAttribute(title, "lang", card ? null : talk?.lang);
    setAttribute(title, "title", card ? null : talk?.title);
    const people = find("[data-people]", this.root);
    setText(people, card && talk ? talk.title : (talk?.speakers.join("・") ?? ""));
    setAttribute(people, "lang", talk?.lang);
    setText(find("[data-left]", this.root), talk?.ends_at ? leftText(new Date(talk.ends_at) - now) : "–");
    show(find("[data-next]", this.root), Boolean(next));
    const words = find("[data-next-words]", this.root);
    setText(words, next ? `${clockTime(next.starts_at)} ${next.title}` : "");
    setAttribute(words, "lang", next?.lang);
  }

  /** What cannot be shown here is at least named. */
  drawPicture() {
    const { playback, on_air: talk, name } = this.track;
    const isHls = playback.kind === "hls";
    show(this.video, isHls);
    const none = find("[data-no-picture]", this.root);
    show(none, !isHls);
    const elsewhere = { youtube: "YouTube", vimeo: "Vimeo" }[playback.kind];
    setText(none, elsewhere ? `${elsewhere}: ${talk?.title ?? name}` : gettext("No stream"));
  }

  drawFigures(isUnknown) {
    const { latency } = this.picture.media;
    const db = this.level();
    setText(find("[data-sound]", this.root), this.soundWord(db));
    setText(find("[data-delay]", this.root), latency === null || !this.isMoving() ? "–" : `${latency} s`);
    const viewers = isUnknown ? null : this.track.viewers;
    setText(find("[data-viewers]", this.root), viewers === null ? "?" : viewers.toLocaleString());
  }

  soundWord(db) {
    if (this.track.playback.kind !== "hls" || this.frames.isReadable === false) return gettext("no meter");
    return db === null ? "–" : `${Math.round(db)} dB`;
  }

  stop() {
    this.picture.follow({ kind: "none", url: null, shouldPlay: false, shouldMute: true }, { lowLatency: false, audioOnly: false });
  }
}

function stepClass(i) {
  if (i >= HIGH) return "hi";
  return i >= MIDDLE ? "md" : "";
}
