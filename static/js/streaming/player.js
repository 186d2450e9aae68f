// The player of the viewer: facts in, decision from player_state.js, everything else follows from it.
import { find, show } from "../lib/dom.js";
import { keep, recall } from "../lib/storage.js";
import { Controls } from "./controls.js";
import { showEmbed } from "./embed.js";
import { Overlay } from "./overlay.js";
import { Picture } from "./picture.js";
import { decide } from "./player_state.js";
import { wordsFor } from "./player_words.js";

const OLDEST_MS = 60_000;

export class Player {
  /**
   * `context`: now(), time(moment), loginUrl, talksUrl, firstStart; `onState(answer)` hears each change,
   * `onNote(note)` what the picture tells when it reaches a switch.
   */
  constructor(root, { context, onState, onNote }) {
    Object.assign(this, { root, context, onState });
    this.video = find("video", root);
    this.facts = { phase: "before", canWatch: true, track: null };
    this.audioOnly = recall("viewer:sound-only") === "1";
    this.wantsMute = recall("viewer:muted") === "1";
    this.video.volume = Number(recall("viewer:volume", "1"));
    this.picture = new Picture(this.video, {
      workerPath: new URL(root.dataset.worker, location.href).href,
      onChange: () => this.draw(),
      wantsSound: () => !this.wantsMute,
      onNote,
    });
    this.overlay = new Overlay(root, { act: (does) => this.act(does), now: () => context.now() });
    this.controls = new Controls(root, this.actions());
    this.video.addEventListener("click", () => this.togglePlay());
    this.video.addEventListener("dblclick", () => this.toggleFullscreen());
    addEventListener("online", () => this.cameBack());
    addEventListener("offline", () => this.draw());
  }

  /** New facts about the event or the track that is watched. */
  update(facts) {
    this.facts = { ...this.facts, ...facts };
    this.draw();
  }

  draw() {
    // A change of the element can call back in the middle; the last facts win.
    if (this.isDrawing) return void (this.isDirty = true);
    this.isDrawing = true;
    do {
      this.isDirty = false;
      this.drawOnce();
    } while (this.isDirty);
    this.isDrawing = false;
  }

  drawOnce() {
    const facts = this.allFacts();
    const answer = decide(facts);
    const playback = facts.track?.playback;
    this.answer = answer;
    this.picture.follow(answer, { lowLatency: Boolean(playback?.low_latency), audioOnly: this.audioOnly });
    this.video.controls = false;
    show(this.video, answer.kind === "hls" || answer.kind === "none");
    showEmbed(this.root, answer.kind, answer.url, facts.track?.name ?? "");
    this.overlay.show(answer.overlay, wordsFor(answer, facts, this.wordContext()));
    this.controls.draw(answer, this.controlFacts());
    this.root.dataset.state = answer.state;
    this.onState?.(answer);
  }

  allFacts() {
    return { ...this.facts, media: this.picture.media, online: navigator.onLine, audioOnly: this.audioOnly };
  }

  wordContext() {
    const pictureTime = this.picture.pictureTime();
    return { ...this.context, pictureAt: pictureTime && new Date(pictureTime).toISOString() };
  }

  /** How old the picture on the screen is, in milliseconds; null when nothing tells. */
  latency() {
    const made = this.picture.pictureTime();
    const age = made === null ? -1 : this.context.now() - made;
    if (age > 0 && age < OLDEST_MS) return age;
    const { latency } = this.picture.media;
    return latency === null ? null : latency * 1000;
  }

  controlFacts() {
    return {
      media: this.picture.media,
      isMuted: this.video.muted,
      volume: this.video.volume,
      audioOnly: this.audioOnly,
      canPip: document.pictureInPictureEnabled === true,
      canFullscreen: document.fullscreenEnabled === true || "webkitEnterFullscreen" in this.video,
    };
  }

  // What a person does

  actions() {
    return {
      play: () => this.togglePlay(),
      mute: () => this.toggleMute(),
      unmute: () => this.turnOnSound(),
      volume: (value) => this.setVolume(value),
      live: () => this.picture.goLive(),
      audio: () => this.setAudioOnly(!this.audioOnly),
      pip: () => this.togglePip(),
      fullscreen: () => this.toggleFullscreen(),
    };
  }

  act(does) {
    if (does === "play") this.picture.play();
    else if (does === "picture") this.setAudioOnly(false);
    else if (does === "retry") this.picture.retryNow();
  }

  togglePlay() {
    if (this.answer.kind !== "hls" || this.answer.overlay === "card") return;
    if (this.answer.shouldPlay) this.picture.pause();
    else this.picture.play();
  }

  toggleMute() {
    if (this.video.muted) this.turnOnSound();
    else this.setMute(true);
  }

  turnOnSound() {
    if (this.video.volume === 0) this.setVolume(1);
    this.setMute(false);
    this.picture.allowSound();
    this.draw();
  }

  setMute(wantsMute) {
    this.wantsMute = wantsMute;
    keep("viewer:muted", wantsMute ? "1" : "0");
    this.picture.applyMute();
    this.draw();
  }

  setVolume(value) {
    this.video.volume = value;
    keep("viewer:volume", String(value));
    if (value > 0 && this.video.muted) this.turnOnSound();
    else this.draw();
  }

  setAudioOnly(wanted) {
    this.audioOnly = wanted;
    keep("viewer:sound-only", wanted ? "1" : "0");
    this.draw();
  }

  async togglePip() {
    try {
      if (document.pictureInPictureElement) await document.exitPictureInPicture();
      else await this.video.requestPictureInPicture();
    } catch {
      // No picture yet, or the window was refused: the page is as before.
    }
  }

  async toggleFullscreen() {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else if (document.fullscreenEnabled) await this.root.requestFullscreen();
      else this.video.webkitEnterFullscreen?.();
    } catch {
      // Refused by the browser; the page is as before.
    }
  }

  cameBack() {
    if (["offline", "reconnecting"].includes(this.answer?.state)) this.picture.retryNow();
    this.draw();
  }
}
