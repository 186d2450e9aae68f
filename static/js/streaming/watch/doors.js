// Everybody waits for the doors. They open within some seconds of each other, so that the first minute is calm.
const SPREAD_MS = 8_000;
const NO_PICTURE = { kind: "none", url: null, low_latency: false };

export class Doors {
  constructor(phase, opened) {
    Object.assign(this, { phase, opened, timer: null });
  }

  /** The phase that this page lives in: still "before" for a moment after the event has opened. */
  pass(phase) {
    if (this.phase === "before" && phase !== "before") {
      this.timer ??= setTimeout(() => this.open(phase), Math.random() * SPREAD_MS);
    } else {
      this.phase = phase;
    }
    return this.phase;
  }

  open(phase) {
    this.timer = null;
    this.phase = phase;
    this.opened();
  }

  /** A track as this page may show it while it waits. */
  veil(track) {
    return track && this.timer !== null ? { ...track, playback: NO_PICTURE } : track;
  }
}
