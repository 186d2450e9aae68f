// From what is seen and heard in a picture to what is wrong with it. Values only: no element, no clock of its own.
export const STEPS = 20;
const FLOOR_DB = -60;
const [BLACK_LUMA, BLACK_PEAK] = [18, 48];
const STILL_CHANGE = 4;
const SILENT_DB = -50;

/** How long each must last before it is said, and how bad it is. */
export const FAULTS = {
  stalled: { after: 3_000, level: "bad" },
  black: { after: 5_000, level: "bad" },
  frozen: { after: 10_000, level: "warn" },
  silent: { after: 10_000, level: "warn" },
};

/** The brightness of each pixel of RGBA bytes, 0 to 255. */
export function lumas(pixels) {
  const found = new Float32Array(pixels.length / 4);
  for (let i = 0; i < found.length; i++) {
    const [red, green, blue] = [pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2]];
    found[i] = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  return found;
}

export const meanOf = (values) => (values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0);

export const peakOf = (values) => values.reduce((most, value) => Math.max(most, value), 0);

/** The largest change of any pixel: a clock in a corner is enough to say that a picture moves. */
export function changeOf(before, now) {
  if (!before || before.length !== now.length) return null;
  return now.reduce((most, value, i) => Math.max(most, Math.abs(value - before[i])), 0);
}

/** The root mean square of samples, in decibels below full scale; digital silence is the floor. */
export function decibels(samples) {
  const square = meanOf(Float64Array.from(samples, (sample) => sample * sample));
  return square > 0 ? Math.max(FLOOR_DB, 10 * Math.log10(square)) : FLOOR_DB;
}

/** How many of the meter's steps are lit. */
export const stepsLit = (db) => (db === null ? 0 : Math.round(((Math.min(db, 0) - FLOOR_DB) / -FLOOR_DB) * STEPS));

/** null: nobody can tell. */
function signs({ isStalled, luma, peak, change, db }) {
  return {
    stalled: isStalled,
    // White letters on a black terminal are dark on the whole, but not black.
    black: luma === null ? null : luma < BLACK_LUMA && peak < BLACK_PEAK,
    frozen: change === null ? null : change < STILL_CHANGE,
    silent: db === null ? null : db < SILENT_DB,
  };
}

/** Since when each sign has been seen without a gap. Unknown ends it: what nobody can tell is not claimed. */
export function remember(memory, sample, now) {
  const seen = signs(sample);
  return Object.fromEntries(Object.keys(FAULTS).map((word) => [word, seen[word] ? (memory[word] ?? now) : null]));
}

/** What has lasted long enough. A black or a stalled picture does not move either: that is said once. */
export function faultsOf(memory, now) {
  const lasting = Object.entries(FAULTS).filter(([word, { after }]) => {
    const since = memory[word] ?? null;
    return since !== null && now - since >= after;
  });
  const words = new Set(lasting.map(([word]) => word));
  const isCovered = (word) => word !== "silent" && word !== "stalled" && (words.has("stalled") || (word === "frozen" && words.has("black")));
  return lasting.filter(([word]) => !isCovered(word)).map(([word, { level }]) => ({ word, level, since: memory[word] }));
}

/** The worst first; of equals what has lasted longest. */
export const byWeight = (flags) => [...flags].sort((a, b) => (a.level === b.level ? a.since - b.since : a.level === "bad" ? -1 : 1));

export const worstOf = (flags) => (flags.some(({ level }) => level === "bad") ? "bad" : flags.length ? "warn" : null);
