// The frame that talks stand in, from the state document. Pure; one object for each document.
const frames = new WeakMap();

export function frameOf(draft) {
  if (!frames.has(draft)) frames.set(draft, makeFrame(draft));
  return frames.get(draft);
}

function makeFrame({ event, tracks, rooms }) {
  return { ...event, days: event.days.map((day) => day.date), tracks, rooms };
}
