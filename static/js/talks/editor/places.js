// Where a talk stands, and where it would stand after a move. Pure.
//
// A place is {track_id, room_id, starts, ends} with moments in milliseconds; an unscheduled talk has no times.
import { HOUR, MINUTE, STEP, momentOf, snap } from "./times.js";

export const NOWHERE = Object.freeze({ track_id: null, room_id: null, starts: null, ends: null });
const SHORTEST = STEP;
const LONGEST = 12 * HOUR;

// A row never changes, it is replaced: so its times are read once, however often a day is drawn.
const known = new WeakMap();

export function placeOf(row) {
  if (!row?.starts_at) return NOWHERE;
  if (!known.has(row)) known.set(row, readPlace(row));
  return known.get(row);
}

function readPlace({ track_id, room_id, starts_at, ends_at }) {
  return { track_id, room_id: room_id ?? null, starts: Date.parse(starts_at), ends: Date.parse(ends_at) };
}

/** A place by the names of the wire. */
export function wireOf(place) {
  const iso = (moment) => (moment === null ? null : new Date(moment).toISOString());
  const { track_id, room_id } = place;
  return { track_id, room_id, starts_at: iso(place.starts), ends_at: iso(place.ends) };
}

export const isPlaced = (place) => place.starts !== null;

export function isSamePlace(one, other) {
  return ["track_id", "room_id", "starts", "ends"].every((name) => one[name] === other[name]);
}

export const lengthOf = (talk) => {
  const place = placeOf(talk);
  return isPlaced(place) ? place.ends - place.starts : (talk.minutes || 40) * MINUTE;
};

/** The same talk at another time; the length stays. */
export function placeAt(place, starts) {
  return { ...place, starts, ends: starts + (place.ends - place.starts) };
}

/** Earlier or later, onto the full five minutes, and never out of the day. */
export function shift(place, by, span) {
  const length = place.ends - place.starts;
  const wanted = by % HOUR === 0 ? place.starts + by : snap(place.starts + by);
  return placeAt(place, Math.max(Math.min(wanted, span.ends - length), span.starts));
}

/** Longer or shorter by moving the end; never over the end of the day. */
export function stretch(place, by, span) {
  const wanted = Math.max(Math.min(snap(place.ends + by) - place.starts, LONGEST), SHORTEST);
  return { ...place, ends: Math.min(place.starts + wanted, Math.max(span.ends, place.starts + SHORTEST)) };
}

/** To the neighbour track; a talk for all tracks stays on all. A room of its own stays with the old track. */
export function beside(place, tracks, by, talk) {
  if (talk.is_for_all_tracks) return place;
  const present = tracks.findIndex((track) => track.id === place.track_id);
  const target = tracks[Math.max(Math.min(present + by, tracks.length - 1), 0)];
  return onTrack(place, target.id, talk);
}

export function onTrack(place, track_id, talk) {
  if (talk.is_for_all_tracks) return { ...place, track_id: talk.track_id ?? null };
  return track_id === place.track_id ? place : { ...place, track_id, room_id: null };
}

/** How the draft differs from what is published: "added", "removed", "moved", "room" or null. */
export function changeOf(talk) {
  const before = placeOf(talk.published);
  const now = placeOf(talk);
  if (isSamePlace(before, now)) return null;
  if (!isPlaced(before)) return "added";
  if (!isPlaced(now)) return "removed";
  return isSamePlace({ ...before, room_id: null }, { ...now, room_id: null }) ? "room" : "moved";
}

/** Side by side where several stand at the same time on one track: a Map of talk id to {lane, lanes}. */
export function lanesOf(talks) {
  const lanes = new Map();
  let group = [];
  let until = -Infinity;
  for (const talk of [...talks].sort(byTime)) {
    const { starts, ends } = placeOf(talk);
    if (starts >= until) group = [];
    put(talk, group, lanes);
    until = Math.max(until, ends);
  }
  return lanes;
}

const MORNING = 9 * 60;

/** Where a day is opened: now, else at its first talk, else in the morning. */
export function openingMoment(frame, span, talks, now) {
  if (now > span.starts && now < span.ends) return now;
  const starts = talks.map((talk) => placeOf(talk).starts).filter((moment) => moment >= span.starts && moment < span.ends);
  return starts.length ? Math.min(...starts) : Math.max(momentOf(frame.time_zone, span.date, MORNING), span.starts);
}

export const byTime = (a, b) => placeOf(a).starts - placeOf(b).starts || a.id - b.id;

function put(talk, group, lanes) {
  const { starts, ends } = placeOf(talk);
  const free = group.findIndex((lane) => lane.until <= starts);
  const lane = free < 0 ? group.length : free;
  group[lane] = { until: ends, talks: [...(group[lane]?.talks ?? []), talk.id] };
  for (const [number, { talks }] of group.entries()) {
    for (const id of talks) lanes.set(id, { lane: number, lanes: group.length });
  }
}

/** The first free time on a track, from `from` on; the day's start when there is none. */
export function firstFree(talks, track_id, length, span, from = span.starts) {
  const isHere = (talk) => talk.is_for_all_tracks || track_id === null || talk.track_id === track_id;
  const taken = talks.filter((talk) => talk.starts_at && !talk.is_cancelled && isHere(talk)).sort(byTime).map(placeOf);
  let starts = from;
  for (const other of taken) {
    if (other.ends > starts && other.starts < starts + length) starts = snap(other.ends + STEP / 2 - 1);
  }
  return starts + length <= span.ends ? starts : span.starts;
}
