// The list "on air now": one row per track, kept by the live document.
import { find, findAll, setAttribute, setText, show } from "../lib/dom.js";

const CARDS = {
  technical: () => gettext("Please wait"),
  break: () => gettext("Break"),
  waiting: () => gettext("Soon"),
};

export function showOnAir(list, state) {
  for (const track of state.tracks) {
    const row = find(`[data-track="${track.id}"]`, list);
    if (row) showTrack(row, track);
  }
}

function showTrack(row, track) {
  const talk = track.on_air;
  const shown = talk ?? track.next;
  if (shown && Number(row.dataset.talk) !== shown.talk_id) rename(row, shown, talk);
  const card = find("[data-card]", row);
  show(card, track.card !== null);
  if (track.card) setText(card, CARDS[track.card]());
  const bar = find("[data-progress]", row);
  show(bar, talk !== null && track.card === null);
  show(find("[data-left]", row), talk !== null);
  bar.dataset.starts = talk ? Date.parse(talk.starts_at) / 1000 : "";
  bar.dataset.ends = talk ? Date.parse(talk.ends_at) / 1000 : "";
}

function rename(row, shown, talk) {
  const title = find("[data-title]", row);
  setText(title, shown.title);
  setAttribute(title, "lang", shown.lang);
  const between = shown.lang === "ja" ? "・" : ", ";
  setText(find("[data-people]", row), talk ? talk.speakers.join(between) : "");
  row.dataset.talk = shown.talk_id;
}

/** Progress and time left, by the clock. */
export function tickOnAir(list, now) {
  for (const bar of findAll("[data-progress]", list)) {
    const { starts, ends } = bar.dataset;
    if (!starts || !ends) continue;
    const part = Math.min(Math.max((now / 1000 - starts) / (ends - starts), 0), 1);
    bar.dataset.p = Math.round(part * 100);
    const minutes = Math.max(Math.ceil((ends - now / 1000) / 60), 0);
    const left = find("[data-left]", bar.closest("li"));
    setText(left, minutes ? interpolate(gettext("%s min left"), [minutes]) : "");
  }
}
