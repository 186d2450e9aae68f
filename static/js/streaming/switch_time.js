// When a viewer reads of a switch: with the picture when that tells of it, else at the announced time. Pure: the
// clock comes from outside, in milliseconds.
//
// A picture is seconds old when it is seen, a frame of the socket is not. So the words of a talk that follows
// another one wait until the picture carries the note of the same revision, or until the announced time: the
// switch plus the delay of the picture. Cards never wait: they are there to cover the picture at once.

export const LONGEST_MS = 8_000;
// The note itself is under way for a moment before it is in the picture.
const MARGIN_MS = 1_000;

/**
 * What is known of one track: `revision` and `onAir`, `next`, `card` as they are shown, `hold` while newer words
 * wait: {revision, from, until}. `came` is the last switch that a frame brought, `delay` what a note has shown
 * of the delay of the picture at `url`, `reads` whether one was ever met in it, `noted` the newest that was.
 */
export const startShown = (track) => ({
  trackId: track?.id ?? null,
  came: null,
  noted: 0,
  ...pictureOf(track),
  ...words(track),
});

const pictureOf = (track) => ({ url: track?.playback.url ?? null, delay: null, reads: false });

const words = (track) => ({
  revision: track?.revision ?? 0,
  onAir: track?.on_air ?? null,
  next: track?.next ?? null,
  card: track?.card ?? null,
  hold: null,
});

/** After any change, and again at `hold.until`. `look`: {now, byFrame, isPlaying, latency (ms or null)}. */
export function follow(shown, track, look) {
  if ((track?.id ?? null) !== shown.trackId) return startShown(track);
  if (track === null || track.revision < shown.revision) return shown;
  const known = track.playback.url === shown.url ? shown : { ...shown, ...pictureOf(track) };
  const noticed = look.byFrame && track.revision > newest(known) ? heard(known, track, look.now) : known;
  return mayWait(noticed, track, look) ? waiting(noticed, track, look) : { ...noticed, ...words(track) };
}

const newest = (shown) => Math.max(shown.revision, shown.hold?.revision ?? 0);
const heard = (shown, track, now) => ({ ...shown, came: { revision: track.revision, at: now } });

function mayWait(shown, track, look) {
  const isOtherTalk = track.on_air && shown.onAir && track.on_air.talk_id !== shown.onAir.talk_id;
  if (!isOtherTalk || track.card || shown.card || !look.isPlaying) return false;
  if (track.playback.kind !== "hls" || !(track.playback.low_latency || shown.reads)) return false;
  if (shown.noted >= track.revision) return false;
  if (shown.hold?.revision === track.revision) return look.now < shown.hold.until;
  return look.byFrame && look.now < (shown.hold?.from ?? look.now) + LONGEST_MS;
}

/** A newer switch takes the place of the one that waits, and does not lengthen the wait beyond its longest. */
function waiting(shown, track, look) {
  if (shown.hold?.revision === track.revision) return shown;
  const from = shown.hold?.from ?? look.now;
  const delay = shown.delay ?? look.latency ?? LONGEST_MS;
  const until = Math.min(look.now + delay + MARGIN_MS, from + LONGEST_MS);
  return { ...shown, hold: { revision: track.revision, from, until } };
}

/** The picture tells of a switch. Notes of other tracks and old ones change nothing. */
export function note(shown, mark, now) {
  if (mark.track !== shown.trackId) return shown;
  const met = { ...shown, reads: true, noted: Math.max(shown.noted, mark.revision) };
  return shown.came?.revision === mark.revision ? { ...met, came: null, delay: now - shown.came.at } : met;
}

/** The track with the words that may be read now; its picture, card and counts are never held back. */
export function shownTrack(shown, track) {
  if (!track || track.id !== shown.trackId || shown.hold === null) return track;
  return { ...track, on_air: shown.onAir, next: shown.next };
}
