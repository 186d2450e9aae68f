// Whether the next talk of a track can go on air: what is ready, what is not, and what nobody knows. Pure.
import { say } from "./words.js";

const PICTURE = {
  healthy: ["ok", () => gettext("The picture is healthy")],
  warned: ["warn", () => gettext("The picture comes with warnings")],
  starving: ["bad", () => gettext("The picture is starving")],
  no_picture: ["bad", () => gettext("No picture comes in")],
  unknown: ["unk", () => gettext("How the picture is, is unknown")],
  off: ["bad", () => gettext("The stream does not run")],
  elsewhere: ["unk", () => gettext("The picture comes from elsewhere: look at it")],
};

/** The talk that the preflight is about: the chosen one, else the next. */
export function preflightTalk(track, chosenId) {
  const wanted = chosenId ?? track.next?.talk_id;
  return track.playlist.find((talk) => talk.talk_id === wanted) ?? null;
}

/** [{key, level, word}]: `ok`, `warn` (may go on air), `bad` (not ready) or `unk` (nobody knows). */
export function preflight(track, talk, clockTime) {
  return [published(talk), forbidden(talk), speakers(talk, clockTime), slides(talk), recorded(talk), picture(track), bitrate(track)].filter(Boolean);
}

const check = (key, level, word) => ({ key, level, word });

function published(talk) {
  if (talk.is_cancelled) return check("published", "bad", gettext("Cancelled"));
  return talk.is_published ? check("published", "ok", gettext("Published")) : check("published", "bad", gettext("Not published"));
}

function forbidden(talk) {
  if (!talk.do_not_stream) return null;
  if (talk.is_let_through) return check("forbidden", "warn", gettext("Must not be streamed; two people let it through"));
  return check("forbidden", "bad", gettext("Must not be streamed: it needs the consent of two people"));
}

function speakers(talk, clockTime) {
  if (!talk.speakers.length) return null;
  if (!talk.speakers_here) return check("speakers", "bad", gettext("Nobody has seen the speakers yet"));
  const { by, at } = talk.speakers_here;
  return check("speakers", "ok", say(gettext("Speakers seen by %(name)s at %(time)s"), { name: by ?? "?", time: clockTime(at) }));
}

const slides = (talk) => (talk.has_slides ? check("slides", "ok", gettext("Slides are there")) : check("slides", "warn", gettext("No slides")));

const recorded = (talk) => (talk.do_not_record ? check("recorded", "warn", gettext("Must not be recorded")) : null);

function picture(track) {
  if (!track.health) return check("picture", "bad", gettext("The track has no stream"));
  const [level, word] = PICTURE[track.health.condition] ?? PICTURE.unknown;
  return check("picture", level, word());
}

/** Only where the service tells it. */
function bitrate(track) {
  const kbps = track.health?.bitrate_kbps;
  if (!track.health || kbps === undefined) return null;
  if (kbps === null) return check("bitrate", "unk", gettext("The bitrate is unknown"));
  return check("bitrate", kbps > 0 ? "ok" : "bad", say(gettext("Comes in with %(n)s kbit/s"), { n: kbps.toLocaleString() }));
}

/** {level, word}: one glance. */
export function verdict(checks) {
  if (checks.some((one) => one.level === "bad")) return { level: "bad", word: gettext("Not ready") };
  if (checks.some((one) => one.level === "unk")) return { level: "unk", word: gettext("Ready, as far as is known") };
  return { level: "ok", word: gettext("Ready") };
}
