// A few of the viewers tell how long ago they saw a switch, so that the control room knows. It says nothing of
// who they are, and nobody waits for an answer.
const WANTED = 50;
const UNCOUNTED_CHANCE = 0.05;
const SPREAD_MS = 3_000;

/** How likely one of so many viewers reports. */
export const chanceAmong = (viewers) => (viewers === null ? UNCOUNTED_CHANCE : Math.min(1, WANTED / Math.max(viewers, 1)));

export function reportSwitch(event, track) {
  if (document.hidden || Math.random() >= chanceAmong(track.viewers)) return;
  const seenAt = performance.now();
  setTimeout(() => send(event, track.id, track.revision, seenAt), Math.random() * SPREAD_MS);
}

async function send(event, trackId, revision, seenAt) {
  const body = JSON.stringify({ revision, ago_ms: Math.round(performance.now() - seenAt) });
  const headers = { "Content-Type": "application/json" };
  try {
    const path = `/api/v1/events/${event}/tracks/${trackId}/seen`;
    await fetch(path, { method: "POST", body, headers, credentials: "same-origin", keepalive: true });
  } catch {
    // One of many.
  }
}
