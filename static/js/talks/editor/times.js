// Time as the timetable has it: wall clocks of the event's zone, steps of five minutes, moments in milliseconds.
// Pure: no page, no network, no present time.
export const MINUTE = 60_000;
export const STEP = 5 * MINUTE;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map();

function formatOf(zone) {
  if (!formats.has(zone)) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
    formats.set(zone, new Intl.DateTimeFormat("en-CA", { ...parts, hourCycle: "h23", timeZone: zone }));
  }
  return formats.get(zone);
}

/** What the clocks of the zone show: {date: "2026-11-26", minutes: 620}. */
export function wallClock(zone, moment) {
  const parts = {};
  for (const { type, value } of formatOf(zone).formatToParts(moment)) parts[type] = value;
  return { date: `${parts.year}-${parts.month}-${parts.day}`, minutes: Number(parts.hour) * 60 + Number(parts.minute) };
}

/** "10:20" as the zone's clocks show it. */
export function clockText(zone, moment) {
  return textOf(wallClock(zone, moment).minutes);
}

/** 620 becomes "10:20"; 26 hours after midnight stay "26:00". */
export function textOf(minutes) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** "10:20" becomes 620. */
export function minutesOf(text) {
  const [hours, minutes] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

function offsetAt(zone, moment) {
  const { date, minutes } = wallClock(zone, moment);
  return Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE - Math.floor(moment / MINUTE) * MINUTE;
}

/** The moment at which the zone's clocks show so many minutes after that date's midnight. */
export function momentOf(zone, date, minutes) {
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE;
  const guess = wall - offsetAt(zone, wall);
  return wall - offsetAt(zone, guess);
}

/** The part of a date that talks may stand in. */
export function spanOf(frame, date) {
  return {
    date,
    starts: momentOf(frame.time_zone, date, minutesOf(frame.day_starts)),
    ends: momentOf(frame.time_zone, date, minutesOf(frame.day_ends)),
  };
}

export function dayBefore(date) {
  return new Date(Date.parse(`${date}T00:00:00Z`) - DAY).toISOString().slice(0, 10);
}

/** The day of the event that a moment belongs to, or null. A night goes on from the evening before it. */
export function dayOf(frame, moment) {
  const { date } = wallClock(frame.time_zone, moment);
  if (frame.days.includes(date)) return date;
  const before = dayBefore(date);
  return frame.days.includes(before) && moment < spanOf(frame, before).ends ? before : null;
}

export const snap = (moment, step = STEP) => Math.round(moment / step) * step;
export const isOverlap = (one, other) => one.starts < other.ends && other.starts < one.ends;

/** The full hours inside a span, for the ruler. */
export function hoursOf(frame, span) {
  const { minutes } = wallClock(frame.time_zone, span.starts);
  const first = span.starts + ((60 - (minutes % 60)) % 60) * MINUTE;
  const count = Math.max(Math.floor((span.ends - first) / HOUR) + 1, 0);
  return Array.from({ length: count }, (_, number) => first + number * HOUR);
}
