// A picture, seen from afar: 32 x 18 pixels are enough to tell black and frozen.
import { changeOf, lumas, meanOf, peakOf } from "./levels.js";

const [WIDTH, HEIGHT] = [32, 18];

export class Frames {
  constructor(video) {
    this.video = video;
    this.canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
    this.brush = this.canvas.getContext("2d", { willReadFrequently: true });
    this.isReadable = null;
  }

  /** A picture from elsewhere whose server does not share it can be shown, but not looked into. */
  look() {
    if (this.video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return this.unknown();
    try {
      this.brush.drawImage(this.video, 0, 0, WIDTH, HEIGHT);
      return this.compare(lumas(this.brush.getImageData(0, 0, WIDTH, HEIGHT).data));
    } catch {
      this.isReadable = false;
      return this.unknown();
    }
  }

  compare(now) {
    this.isReadable = true;
    const change = changeOf(this.before, now);
    this.before = now;
    return { luma: meanOf(now), peak: peakOf(now), change };
  }

  unknown() {
    this.before = null;
    return { luma: null, peak: null, change: null };
  }
}
