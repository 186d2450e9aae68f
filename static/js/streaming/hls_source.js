// Where a live picture comes from: hls.js where the browser can be fed, the browser's own HLS elsewhere (older
// iPhones). Both have the same few verbs: load, retry, rebuild, edge, latency, pictureTime, close.
//
// `onNotes(at, bytes)` gets what a segment carries besides picture and sound, seconds before it is reached.
// `onTrouble(kind)` is called when the source has given up: "notfound", "network" or "media". What to do about
// it, and when, is decided by the picture.

const MEDIA_REST_MS = 5_000;
let library = null;

const canFeed = () => Boolean(globalThis.ManagedMediaSource ?? globalThis.MediaSource);

export async function openSource(video, options) {
  if (canFeed()) {
    library ??= import("../../vendor/hls/hls.min.mjs");
    const { default: Hls } = await library;
    if (Hls.isSupported()) return new FedSource(Hls, video, options);
  }
  return new NativeSource(video, options);
}

class FedSource {
  constructor(Hls, video, { workerPath, lowLatency, onTrouble, onNotes = () => {} }) {
    Object.assign(this, { Hls, video, onTrouble, onNotes, repairedAt: -Infinity });
    this.config = {
      workerPath,
      lowLatencyMode: lowLatency,
      capLevelToPlayerSize: true,
      backBufferLength: 60,
      liveSyncDurationCount: 3,
      maxLiveSyncPlaybackRate: 1.05,
      // Its cues hang on a track with a data: address, which our content security policy refuses.
      enableID3MetadataCues: false,
      enableEmsgMetadataCues: false,
      enableDateRangeMetadataCues: false,
    };
  }

  load(url) {
    this.close();
    this.url = url;
    const hls = new this.Hls(this.config);
    hls.on(this.Hls.Events.ERROR, (_, error) => error.fatal && this.failed(error));
    hls.on(this.Hls.Events.FRAG_PARSING_METADATA, (_, { samples }) => this.metNotes(samples));
    hls.attachMedia(this.video);
    hls.loadSource(url);
    this.hls = hls;
  }

  failed({ type, details, response }) {
    if (type === this.Hls.ErrorTypes.MEDIA_ERROR && performance.now() - this.repairedAt > MEDIA_REST_MS) {
      this.repairedAt = performance.now();
      this.hls.recoverMediaError();
      return;
    }
    const isManifest = details === this.Hls.ErrorDetails.MANIFEST_LOAD_ERROR;
    const isMissing = isManifest && [403, 404, 410].includes(response?.code);
    if (isMissing) this.onTrouble("notfound");
    else this.onTrouble(type === this.Hls.ErrorTypes.NETWORK_ERROR && !isManifest ? "network" : "media");
  }

  metNotes(samples) {
    for (const { pts, data } of samples) this.onNotes(pts, data);
  }

  retry() {
    this.hls?.startLoad();
  }

  rebuild() {
    this.load(this.url);
  }

  edge() {
    return this.hls?.liveSyncPosition ?? null;
  }

  latency() {
    return this.hls?.latency || null;
  }

  /** When the frame on the screen was made, as milliseconds, if the playlist says so. */
  pictureTime() {
    return this.hls?.playingDate?.getTime() ?? null;
  }

  close() {
    this.hls?.destroy();
    this.hls = null;
  }
}

class NativeSource {
  constructor(video, { onTrouble }) {
    Object.assign(this, { video, onTrouble, hasPlayed: false });
    this.onError = () => onTrouble(this.hasPlayed ? "media" : "notfound");
    this.onPlaying = () => (this.hasPlayed = true);
  }

  load(url) {
    this.close();
    Object.assign(this, { url, hasPlayed: false });
    this.video.addEventListener("error", this.onError);
    this.video.addEventListener("playing", this.onPlaying);
    this.video.src = url;
  }

  retry() {
    this.load(this.url);
  }

  rebuild() {
    this.load(this.url);
  }

  edge() {
    const { seekable } = this.video;
    return seekable.length ? seekable.end(seekable.length - 1) - 4 : null;
  }

  latency() {
    const edge = this.edge();
    return edge === null ? null : Math.max(0, edge - this.video.currentTime);
  }

  pictureTime() {
    const start = this.video.getStartDate?.().getTime();
    return Number.isFinite(start) ? start + this.video.currentTime * 1000 : null;
  }

  close() {
    this.video.removeEventListener("error", this.onError);
    this.video.removeEventListener("playing", this.onPlaying);
    this.video.removeAttribute("src");
    this.video.load();
  }
}
