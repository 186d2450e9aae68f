// A small muted picture of a track, only when somebody wants to see it: six players would cost a laptop its fan.
import { find, make, setAttribute, setText } from "../../lib/dom.js";

export class Picture {
  constructor(box) {
    this.box = box;
    this.button = find("[data-see]", box);
    this.isWanted = false;
    this.url = null;
    this.button?.addEventListener("click", () => this.want(!this.isWanted));
  }

  want(isWanted) {
    this.isWanted = isWanted;
    this.draw(this.track);
  }

  draw(track) {
    this.track = track;
    const url = track.playback?.kind === "hls" ? track.playback.url : null;
    this.drawButton(track, url);
    const wanted = this.isWanted ? url : null;
    if (wanted === this.url) return;
    this.url = wanted;
    this.stop();
    if (wanted) this.play(wanted, track.name);
  }

  drawButton(track, url) {
    if (!this.button) return;
    this.button.setAttribute("aria-pressed", String(this.isWanted));
    this.button.setAttribute("aria-disabled", String(!url));
    setText(find("[data-see-word]", this.button), this.word(url));
    const label = this.isWanted ? gettext("Hide the picture of track %(name)s") : gettext("Show the picture of track %(name)s");
    setAttribute(this.button, "aria-label", url ? interpolate(label, { name: track.name }, true) : null);
  }

  word(url) {
    if (!url) return gettext("No picture");
    return this.isWanted ? "" : gettext("Picture");
  }

  async play(url, name) {
    const label = interpolate(gettext("Picture of track %(name)s"), { name }, true);
    this.video = make("video", { class: "pic", muted: true, playsinline: true, "aria-label": label });
    this.video.muted = true;
    this.box.prepend(this.video);
    const { default: Hls } = await import("../../../vendor/hls/hls.min.mjs");
    if (this.url !== url) return;
    if (Hls.isSupported()) this.attach(Hls, url);
    else this.video.src = url;
    this.video.play().catch(() => {});
  }

  attach(Hls, url) {
    this.hls = new Hls({ enableWorker: false, startLevel: 0, capLevelToPlayerSize: true, maxBufferLength: 6, backBufferLength: 0 });
    this.hls.loadSource(url);
    this.hls.attachMedia(this.video);
  }

  stop() {
    this.hls?.destroy();
    this.hls = null;
    this.video?.remove();
    this.video = null;
  }
}
