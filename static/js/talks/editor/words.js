// Sentences about places: for the readout, the live region and the refusals.
import { isPlaced, placeOf } from "./places.js";
import { clockText, dayOf, wallClock } from "./times.js";
import { roomOf } from "./conflicts.js";

export const say = (text, values) => interpolate(text, values, true);
const language = () => document.documentElement.lang || "en";

export function rangeText(frame, { starts, ends }) {
  return `${clockText(frame.time_zone, starts)}–${clockText(frame.time_zone, ends)}`;
}

function spokenRange(frame, { starts, ends }) {
  const [from, to] = [starts, ends].map((moment) => clockText(frame.time_zone, moment));
  return say(gettext("%(from)s to %(to)s"), { from, to });
}

export function minutesText(milliseconds) {
  const minutes = Math.round(milliseconds / 60_000);
  return say(ngettext("%(count)s min", "%(count)s min", minutes), { count: minutes });
}

export function trackText(frame, talk, place) {
  if (talk.is_for_all_tracks) return gettext("All tracks");
  const track = frame.tracks.find((known) => known.id === place.track_id);
  return track ? say(gettext("Track %(name)s"), { name: track.name }) : gettext("No track");
}

/** "Thu 26" as the day tabs have it. */
export function dayText(date) {
  const parts = { weekday: "short", day: "numeric", month: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language(), parts).format(Date.parse(`${date}T00:00:00Z`));
}

/** "10:20 to 11:00, Track B", with the date when it is another day than the one that is shown. */
export function placeText(frame, talk, place, shownDay = null) {
  if (!isPlaced(place)) return gettext("Not scheduled");
  const day = dayOf(frame, place.starts) ?? wallClock(frame.time_zone, place.starts).date;
  const words = [spokenRange(frame, place), trackText(frame, talk, place)];
  if (day !== shownDay) words.unshift(dayText(day));
  return words.join(gettext(", "));
}

/** "Thu 26/11 10:20–11:00 B": short, for before and after. */
export function shortPlace(frame, talk, place, shownDay = null) {
  if (!isPlaced(place)) return gettext("Not scheduled");
  const day = dayOf(frame, place.starts) ?? wallClock(frame.time_zone, place.starts).date;
  const words = [rangeText(frame, place), trackText(frame, talk, place)];
  if (day !== shownDay) words.unshift(dayText(day));
  return words.join(" · ");
}

export function conflictText(frame, talks, talk, place, { code, talk_ids }) {
  const other = talks.find((known) => known.id === talk_ids[1]);
  const there = other && placeOf(other);
  const values = {
    title: other?.title,
    range: other && rangeText(frame, there),
    track: other && trackText(frame, other, there),
    from: frame.day_starts,
    to: frame.day_ends,
  };
  const sentences = {
    track_overlap: () => gettext("Overlaps with “%(title)s” (%(range)s)."),
    speaker_twice: () => say(gettext("%(name)s speaks in “%(title)s” at that time (%(range)s, %(track)s)."), { ...values, name: sharedNames(talk, other) }),
    room_twice: () => say(gettext("The room %(room)s is used by “%(title)s” at that time (%(range)s, %(track)s)."), { ...values, room: roomName(frame, place) }),
    outside_day: () => gettext("That is outside the day, which goes from %(from)s to %(to)s."),
    no_such_day: () => gettext("The event does not take place on that date."),
  };
  return say(sentences[code](), values);
}

function sharedNames(talk, other) {
  const ids = new Set(other.speakers.map(({ id }) => id));
  return talk.speakers.filter(({ id }) => ids.has(id)).map(({ name }) => name).join(gettext(", "));
}

export function roomName(frame, place) {
  return frame.rooms.find((room) => room.id === roomOf(frame, place))?.name ?? "";
}

export function timeText(frame, moment) {
  return clockText(frame.time_zone, typeof moment === "string" ? Date.parse(moment) : moment);
}

export const KINDS = {
  talk: () => gettext("Talk"),
  keynote: () => gettext("Keynote"),
  sponsor: () => gettext("Sponsor talk"),
  break: () => gettext("Break"),
};

/** The small words on a talk: what it is, and what is to be known about it. */
export function marksOf(talk, change) {
  const kinds = { keynote: () => gettext("Keynote"), sponsor: () => gettext("Sponsor"), break: () => gettext("Break") };
  const changes = { added: () => gettext("New"), moved: () => gettext("Moved"), room: () => gettext("Other room"), removed: () => gettext("Taken off") };
  return [
    talk.is_on_air && { name: "air", text: gettext("On air") },
    talk.is_armed && { name: "armed", text: gettext("Armed") },
    talk.unconfirmed === "unsent" && { name: "unsent", text: gettext("Not saved") },
    talk.is_cancelled && { name: "gone", text: gettext("Cancelled") },
    change && { name: "change", text: changes[change]() },
    talk.kind in kinds && { name: "kind", text: kinds[talk.kind]() },
    talk.do_not_stream && { name: "kind", text: gettext("Not streamed") },
  ].filter(Boolean);
}

export function minutesLabel(talk) {
  return minutesText(talk.minutes * 60_000);
}
