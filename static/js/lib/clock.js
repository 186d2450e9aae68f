// The server's time. A device's clock can be minutes off; a countdown must not be.
const SAMPLES = 5;

/**
 * `heard(moment)` takes the time of an answer that nobody had cached (its Date header), `guessed(moment)` one
 * that may have waited somewhere (the server_time inside a document). An answer can only arrive late, never
 * early, so the newest of the last few is the closest to the truth.
 */
export function createClock(deviceNow = () => Date.now()) {
  const heardOffsets = [];
  let guess = null;

  return {
    heard(moment) {
      const offset = new Date(moment).getTime() - deviceNow();
      if (Number.isNaN(offset)) return;
      heardOffsets.push(offset);
      if (heardOffsets.length > SAMPLES) heardOffsets.shift();
    },
    guessed(moment) {
      const offset = new Date(moment).getTime() - deviceNow();
      if (!Number.isNaN(offset)) guess = guess === null ? offset : Math.max(guess, offset);
    },
    heardFrom(response) {
      const date = response.headers.get("Date");
      if (!date) return;
      const age = Number(response.headers.get("Age") ?? 0) * 1000;
      // The header has whole seconds: half a second is the middle.
      this.heard(new Date(date).getTime() + age + 500);
    },
    now() {
      const offset = heardOffsets.length ? Math.max(...heardOffsets) : guess;
      return deviceNow() + (offset ?? 0);
    },
  };
}
