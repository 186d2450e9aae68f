// A finished video in a <video>: hls.js where the browser can be fed, the browser's own HLS elsewhere.
export class VideoPlayer {
  constructor(video, { workerPath, onTrouble = () => {} }) {
    Object.assign(this, { video, workerPath, onTrouble, hls: null });
    video.addEventListener("error", () => onTrouble());
  }

  async play(url) {
    await this.load(url);
    this.video.play().catch(() => {});
  }

  async load(url) {
    this.hls?.destroy();
    this.hls = null;
    if (!url.split("?")[0].endsWith(".m3u8") || !(globalThis.ManagedMediaSource ?? globalThis.MediaSource)) {
      this.video.src = url;
      return;
    }
    const { default: Hls } = await import("../../vendor/hls/hls.min.mjs");
    this.hls = new Hls({
      workerPath: this.workerPath,
      capLevelToPlayerSize: true,
      enableID3MetadataCues: false,
      enableEmsgMetadataCues: false,
      enableDateRangeMetadataCues: false,
    });
    this.hls.on(Hls.Events.ERROR, (_, error) => error.fatal && this.onTrouble());
    this.hls.attachMedia(this.video);
    this.hls.loadSource(url);
  }

  /** To so many seconds from the start, or from the end when negative. */
  seek(seconds) {
    if (!Number.isFinite(this.video.duration)) return;
    this.video.currentTime = seconds < 0 ? Math.max(0, this.video.duration + seconds) : seconds;
  }
}
