// How far a track is from its timetable. Pure: the clock is given.
import { secondsUntil } from "./state.js";
import { duration, say } from "./words.js";

// What everybody may be late without anybody talking about it.
const NOTED = 60;

/** Seconds that the talk on air began late (negative: early), or null without one. */
export function startDrift(track) {
  if (!track.on_air?.since || !track.on_air.starts_at) return null;
  return secondsUntil(track.on_air.since, new Date(track.on_air.starts_at).getTime());
}

/** Seconds that the talk on air is over its end, that the next one should have begun already; 0 when in time. */
export function lateNow(track, now) {
  const end = secondsUntil(track.on_air?.ends_at ?? track.next?.starts_at, now);
  return end === null || end >= 0 ? 0 : -end;
}

/** A short word for a row, or null when it is not worth one. */
export function driftWord(track) {
  const drift = startDrift(track);
  if (drift === null || Math.abs(drift) < NOTED) return null;
  const text = drift > 0 ? gettext("began %(time)s late") : gettext("began %(time)s early");
  return say(text, { time: duration(Math.abs(drift)) });
}

/** One sentence: how it began against the plan, and how it stands now. */
export function driftLine(track, now) {
  const late = lateNow(track, now);
  if (!track.on_air) return late ? say(gettext("Nothing is on air: the next talk should have begun %(time)s ago."), { time: duration(late) }) : gettext("Nothing is on air, as planned.");
  const over = late ? say(gettext("It is %(time)s over its end."), { time: duration(late) }) : null;
  return [beganLine(track), over].filter(Boolean).join(" ");
}

function beganLine(track) {
  const drift = startDrift(track);
  if (drift === null) return null;
  if (Math.abs(drift) < NOTED) return gettext("The talk on air began as planned.");
  const text = drift > 0 ? gettext("The talk on air began %(time)s later than planned.") : gettext("The talk on air began %(time)s earlier than planned.");
  return say(text, { time: duration(Math.abs(drift)) });
}
