// What stands in the way of a place: the same rules as talks/placing.py, tried by the same table of cases
// (tests/talks/conflict_cases.json). Pure: it gives codes and talks; words.js makes sentences of them.
import { byTime, isPlaced, placeOf } from "./places.js";
import { dayOf, isOverlap, spanOf } from "./times.js";

/**
 * `frame`: {time_zone, day_starts, day_ends, days: ["2026-11-26"], tracks: [{id, room_id}]}.
 * Gives [{code, talk_ids}]: the day first, then each other talk in the order of time.
 */
export function findConflicts(frame, talks, talk, place) {
  if (!isPlaced(place)) return [];
  const others = talk.is_cancelled ? [] : talks.filter((other) => isInTheWay(other, talk, place));
  others.sort(byTime);
  return [...dayConflicts(frame, talk, place), ...others.flatMap((other) => pairConflicts(frame, talk, place, other))];
}

function dayConflicts(frame, talk, place) {
  const day = dayOf(frame, place.starts);
  if (day === null) return [{ code: "no_such_day", talk_ids: [talk.id] }];
  const span = spanOf(frame, day);
  const isInside = place.starts >= span.starts && place.ends <= span.ends;
  return isInside ? [] : [{ code: "outside_day", talk_ids: [talk.id] }];
}

function isInTheWay(other, talk, place) {
  return other.id !== talk.id && !other.is_cancelled && isPlaced(placeOf(other)) && isOverlap(placeOf(other), place);
}

function pairConflicts(frame, talk, place, other) {
  const isOnTrack = talk.is_for_all_tracks || other.is_for_all_tracks || place.track_id === other.track_id;
  const codes = [
    isOnTrack && "track_overlap",
    shareSpeaker(talk, other) && "speaker_twice",
    !isOnTrack && shareRoom(frame, place, other) && "room_twice",
  ];
  return codes.filter(Boolean).map((code) => ({ code, talk_ids: [talk.id, other.id] }));
}

const idsOf = (talk) => talk.speakers.map((speaker) => speaker.id ?? speaker);

function shareSpeaker(one, other) {
  const ids = new Set(idsOf(one));
  return idsOf(other).some((id) => ids.has(id));
}

function shareRoom(frame, place, other) {
  const room = roomOf(frame, place);
  return room !== null && room === roomOf(frame, other);
}

export function roomOf(frame, place) {
  return place.room_id ?? frame.tracks.find((track) => track.id === place.track_id)?.room_id ?? null;
}

/** The talks of a whole day that conflict as they stand: a Map of talk id to its conflicts. */
export function standingConflicts(frame, talks) {
  const placed = talks.filter((talk) => isPlaced(placeOf(talk)));
  const found = placed.map((talk) => [talk.id, findConflicts(frame, placed, talk, placeOf(talk))]);
  return new Map(found.filter(([, conflicts]) => conflicts.length > 0));
}
