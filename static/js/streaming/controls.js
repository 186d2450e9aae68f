// The bar of buttons under the picture. Its markup is in the template; here the buttons learn what they do and
// what they are called.
import { find, findAll, setAttribute, setIcon, setText, show } from "../lib/dom.js";

const MOVING = new Set(["playing", "muted", "stalled"]);
const QUIET_MS = 3_000;

export class Controls {
  constructor(root, actions) {
    this.root = root;
    this.bar = find("[data-controls]", root);
    this.actions = actions;
    for (const button of findAll("[data-control]", root)) {
      const name = button.dataset.control;
      if (button.matches("input")) button.addEventListener("input", () => actions[name](Number(button.value) / 100));
      else button.addEventListener("click", () => actions[name]?.());
    }
    this.hideWhenQuiet();
    document.addEventListener("fullscreenchange", () => this.nameFullscreen());
  }

  control(name) {
    return find(`[data-control="${name}"]`, this.root);
  }

  draw(answer, { media, isMuted, volume, audioOnly, canPip, canFullscreen }) {
    const isHls = answer.kind === "hls";
    show(this.bar, isHls || answer.kind !== "none");
    const isRunning = answer.shouldPlay;
    this.name("play", isRunning ? gettext("Pause") : gettext("Play"), isRunning ? "pause" : "play");
    this.name("mute", isMuted ? gettext("Turn on the sound") : gettext("Mute"), isMuted ? "muted" : "volume");
    this.name("audio", gettext("Sound only"));
    setAttribute(this.control("audio"), "aria-pressed", audioOnly);
    this.control("volume").value = Math.round(volume * 100);
    for (const name of ["play", "mute", "volume", "audio"]) show(this.control(name), isHls && answer.overlay !== "card");
    show(this.control("pip"), isHls && canPip && !audioOnly && answer.overlay === null);
    show(this.control("fullscreen"), canFullscreen && answer.kind !== "none");
    show(this.control("unmute"), answer.unmute);
    this.drawEdge(answer, media);
  }

  /** "Live, 4 s behind", which becomes the button "Back to live" once that is more than the usual. */
  drawEdge(answer, media) {
    const isOnAir = MOVING.has(answer.state);
    show(find("[data-edge]", this.root), isOnAir && !answer.goLive);
    show(this.control("live"), isOnAir && answer.goLive);
    const text = media.latency === null ? "" : interpolate(gettext("%(seconds)s s behind"), { seconds: media.latency }, true);
    for (const place of findAll("[data-latency]", this.root)) setText(place, text);
  }

  name(name, label, iconName) {
    const button = this.control(name);
    setAttribute(button, "aria-label", label);
    setAttribute(button, "title", label);
    if (iconName) setIcon(button, iconName);
  }

  nameFullscreen() {
    const isFull = document.fullscreenElement === this.root;
    this.name("fullscreen", isFull ? gettext("Leave full screen") : gettext("Full screen"), isFull ? "fullscreen-exit" : "fullscreen");
  }

  hideWhenQuiet() {
    const wake = () => {
      this.root.classList.remove("still");
      clearTimeout(this.quiet);
      this.quiet = setTimeout(() => this.root.classList.add("still"), QUIET_MS);
    };
    for (const name of ["pointermove", "pointerdown", "focusin", "keydown"]) this.root.addEventListener(name, wake);
    this.root.addEventListener("pointerleave", () => this.root.classList.add("still"));
    wake();
  }
}
