// How loud each picture is. Nothing is connected to the speakers: the wall stays silent however loud the talk is.
import { decibels } from "./levels.js";

export class Meters {
  /** `onState` is told when the browser allows it, or no longer does. */
  constructor(onState) {
    this.context = globalThis.AudioContext ? new AudioContext() : null;
    this.context?.addEventListener("statechange", onState);
  }

  get isRunning() {
    return this.context?.state === "running";
  }

  /** Only a touch helps. */
  get needsTouch() {
    return this.context?.state === "suspended";
  }

  resume() {
    return this.context?.resume().catch(() => {});
  }

  /** A meter of the element, for as long as it lives. A mono sound stands in both columns. */
  of(video) {
    const stereo = new GainNode(this.context, { channelCount: 2, channelCountMode: "explicit" });
    const splitter = new ChannelSplitterNode(this.context, { numberOfOutputs: 2 });
    this.context.createMediaElementSource(video).connect(stereo).connect(splitter);
    return new Meter([0, 1].map((side) => this.side(splitter, side)));
  }

  side(splitter, side) {
    const analyser = new AnalyserNode(this.context, { fftSize: 4096 });
    splitter.connect(analyser, side);
    return analyser;
  }
}

class Meter {
  constructor(analysers) {
    this.analysers = analysers;
    this.samples = new Float32Array(analysers[0].fftSize);
  }

  read() {
    return this.analysers.map((analyser) => {
      analyser.getFloatTimeDomainData(this.samples);
      return decibels(this.samples);
    });
  }
}
