// The line above the pictures: sums, the next change, the clock.
import { find, setText, show } from "../../lib/dom.js";
import { leftText } from "./words.js";

/** {at, marks}: the earliest start that is still ahead, and on which tracks. */
export function nextChange(tracks, now) {
  const starts = tracks.filter(({ next }) => next && new Date(next.starts_at).getTime() > now);
  if (!starts.length) return null;
  const at = Math.min(...starts.map(({ next }) => new Date(next.starts_at).getTime()));
  return { at, marks: starts.filter(({ next }) => new Date(next.starts_at).getTime() === at).map(({ mark }) => mark) };
}

export const onAirCount = (tracks) => tracks.filter(({ lamp }) => lamp === "on").length;

export function drawSums(state, levels, isUnknown) {
  const count = (level) => levels.filter((one) => one === level).length;
  setText(find("[data-sum=on_air]"), isUnknown ? "?" : String(onAirCount(state.tracks)));
  setText(find("[data-sum=viewers]"), isUnknown || state.viewers === null ? "?" : state.viewers.toLocaleString());
  for (const level of ["bad", "warn"]) {
    setText(find(`[data-sum=${level}]`), isUnknown ? "?" : String(count(level)));
    find(`[data-sum-part=${level}]`).classList.toggle(level, count(level) > 0);
  }
}

export function drawNextChange(state, now, clockTime) {
  const change = nextChange(state.tracks, now);
  show(find("[data-next-change]"), change !== null);
  if (!change) return;
  setText(find("[data-next-at]"), clockTime(change.at));
  setText(find("[data-next-marks]"), change.marks.join(" "));
  setText(find("[data-next-in]"), leftText(change.at - now));
}

export function drawClock(text) {
  setText(find("[data-clock]"), text.slice(0, 5));
  setText(find("[data-clock-seconds]"), text.slice(6));
}
