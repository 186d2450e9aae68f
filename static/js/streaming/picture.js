// One <video> element for as long as the page lives: what is attached to it, whether it really moves, and the
// repeated attempts when it does not. It knows nothing of talks and cards; player_state.js decides those.
import { soundAddress } from "./audio_only.js";
import { openSource } from "./hls_source.js";
import { PictureNotes } from "./picture_notes.js";

const RUNNING = new Set(["playing", "blocked"]);
const TICK_MS = 500;
const STALL_MS = 1_000;
const GIVE_UP_MS = 12_000;
const JUMP_SECONDS = 10;
const RETRY_BASE_MS = 1_000;
const RETRY_CAP_MS = 20_000;

/** Growing and never in step with the neighbours. */
export const retryDelay = (attempt, random = Math.random) =>
  Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** attempt) * (0.5 + random());

export class Picture {
  constructor(video, { workerPath, onChange, wantsSound, onNote = () => {} }) {
    Object.assign(this, { video, workerPath, onChange, wantsSound });
    this.media = { status: "loading", everPlayed: false, behind: 0, latency: null };
    this.url = null;
    this.isSoundOnly = false;
    this.turn = 0;
    this.attempt = 0;
    this.progressedAt = this.triedAt = performance.now();
    this.retryTimer = null;
    this.source = null;
    this.shouldPlay = false;
    this.shouldMute = true;
    this.isSoundRefused = false;
    this.notes = new PictureNotes(video, onNote);
    video.addEventListener("timeupdate", () => this.progressed());
    video.addEventListener("pause", () => this.paused());
    document.addEventListener("visibilitychange", () => document.hidden || this.keepPlaying());
    setInterval(() => this.tick(), TICK_MS);
  }

  /** Make the element follow a decision. */
  follow({ kind, url, shouldPlay, shouldMute }, { lowLatency, audioOnly }) {
    const wanted = kind === "hls" ? url : null;
    this.shouldPlay = shouldPlay && wanted !== null;
    this.shouldMute = shouldMute;
    if (wanted !== this.url || (wanted && audioOnly !== this.isSoundOnly)) {
      this.attach(wanted, lowLatency, audioOnly);
    }
    this.applyMute();
    if (this.shouldPlay) this.keepPlaying();
    else this.rest();
  }

  // What a person does

  play() {
    this.set("loading");
    this.progressedAt = performance.now();
    this.keepPlaying();
  }

  pause() {
    this.isLagging = true;
    this.set("paused");
  }

  /** A press on "turn on the sound": the browser now allows it. */
  allowSound() {
    this.isSoundRefused = false;
    this.applyMute();
    this.keepPlaying();
    if (this.media.status === "blocked") this.set("playing");
  }

  goLive() {
    const edge = this.source?.edge();
    if (edge !== null && edge !== undefined) this.video.currentTime = edge;
    this.isLagging = false;
    this.media.behind = 0;
    if (this.media.status === "paused") this.play();
    else this.onChange();
  }

  retryNow() {
    this.attempt = 0;
    this.retry();
  }

  pictureTime() {
    return this.source?.pictureTime() ?? null;
  }

  // The source

  async attach(url, lowLatency, audioOnly) {
    const turn = ++this.turn;
    this.clearRetry();
    this.source?.close();
    this.notes.forget();
    Object.assign(this, { source: null, url, isSoundOnly: audioOnly, isLagging: false });
    Object.assign(this, { attempt: 0, isInTrouble: false, canContinue: false });
    this.media = { status: "loading", everPlayed: false, behind: 0, latency: null };
    this.progressedAt = this.triedAt = performance.now();
    if (url === null) return;
    const onTrouble = (kind) => turn === this.turn && this.failed(kind);
    const onNotes = (at, said) => turn === this.turn && this.notes.add(at, said);
    const source = await openSource(this.video, { workerPath: this.workerPath, lowLatency, onTrouble, onNotes });
    const address = audioOnly ? await soundAddress(url) : url;
    if (turn !== this.turn) return;
    this.source = source;
    source.load(address);
    this.keepPlaying();
  }

  /** What is already loaded plays on; the state changes when it has run dry. */
  failed(kind) {
    this.isInTrouble = true;
    this.canContinue = kind === "network";
    if (kind === "notfound") this.set("notfound");
    else if (!this.media.everPlayed) this.set("error");
    this.clearRetry();
    this.retryTimer = setTimeout(() => this.retry(), retryDelay(this.attempt++));
  }

  retry() {
    this.clearRetry();
    this.triedAt = performance.now();
    if (this.canContinue) this.source?.retry();
    else this.rebuild();
    this.keepPlaying();
  }

  rebuild() {
    this.notes.forget();
    this.source?.rebuild();
  }

  clearRetry() {
    clearTimeout(this.retryTimer);
    this.retryTimer = null;
  }

  // Does it move?

  progressed() {
    const { currentTime } = this.video;
    if (currentTime === this.lastTime || this.video.paused || !this.source) return;
    this.lastTime = currentTime;
    this.progressedAt = performance.now();
    if (this.media.status === "paused") return;
    this.moved();
  }

  moved() {
    const wasStuck = ["stalled", "error", "notfound"].includes(this.media.status);
    Object.assign(this, { attempt: 0, isInTrouble: false });
    this.media.everPlayed = true;
    this.set(this.isSoundRefused && this.wantsSound() ? "blocked" : "playing");
    if (wasStuck && !this.isLagging && this.measured() > JUMP_SECONDS) this.goLive();
  }

  tick() {
    if (!this.source) return;
    this.measure();
    if (!this.shouldPlay) return;
    const now = performance.now();
    if (RUNNING.has(this.media.status)) {
      if (now - this.progressedAt > STALL_MS) this.set(this.isInTrouble ? "error" : "stalled");
    } else if (now - Math.max(this.progressedAt, this.triedAt) > GIVE_UP_MS && !this.retryTimer) {
      this.giveUp();
    }
  }

  /** A playlist that no longer grows makes no error: after a while it is loaded anew all the same. */
  giveUp() {
    if (this.media.status !== "notfound") this.set("error");
    this.failed(this.media.status === "notfound" ? "notfound" : "media");
  }

  measured() {
    const edge = this.source?.edge();
    return edge === null || edge === undefined ? 0 : Math.max(0, edge - this.video.currentTime);
  }

  measure() {
    const behind = Math.round(this.measured());
    const latency = this.source.latency();
    const seconds = latency === null ? null : Math.round(latency);
    if (behind === this.media.behind && seconds === this.media.latency) return;
    Object.assign(this.media, { behind, latency: seconds });
    this.onChange();
  }

  set(status) {
    if (status === this.media.status) return;
    this.media.status = status;
    this.onChange();
  }

  // Sound and autoplay

  applyMute() {
    const muted = this.shouldMute || !this.wantsSound() || this.isSoundRefused;
    if (this.video.muted === muted) return;
    this.video.muted = muted;
    // A browser that minds pauses here; asking again brings its refusal to light.
    if (!muted && this.shouldPlay) this.start();
  }

  keepPlaying() {
    if (this.shouldPlay && this.source && this.video.paused) this.start();
  }

  async start() {
    this.isStarting = true;
    try {
      await this.video.play();
    } catch (error) {
      if (error.name === "NotAllowedError") await this.refused();
    } finally {
      this.isStarting = false;
    }
  }

  /** First without sound; when even that is refused, only a person's press helps. */
  async refused() {
    if (this.video.muted) return this.set("blocked_muted");
    this.isSoundRefused = true;
    this.video.muted = true;
    try {
      await this.video.play();
    } catch (error) {
      if (error.name === "NotAllowedError") this.set("blocked_muted");
    }
  }

  rest() {
    if (!this.video.paused) this.video.pause();
  }

  /** A pause that nobody here asked for came from the keyboard, the lock screen or the small window. */
  paused() {
    const isOurs = !this.shouldPlay || this.isStarting || !this.source || document.hidden;
    if (!isOurs && this.media.status !== "stalled" && this.media.status !== "loading") this.pause();
  }
}
