// The list "on air now": one row per track, kept by the live document.
import { find, findAll, setAttribute, setText, show } from "../lib/dom.js";
import { clockIn } from "./own_time.js";

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
  const isTalk = String(talk !== null);
  if (shown && (Number(row.dataset.talk) !== shown.talk_id || row.dataset.isTalk !== isTalk)) rename(row, shown, talk);
  row.dataset.isTalk = isTalk;
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
  const zone = row.closest("[data-zone]").dataset.zone;
  setText(find("[data-people]", row), talk ? names(talk) : interpolate(gettext("From %s"), [clockIn(zone, shown.starts_at)]));
  row.dataset.talk = shown.talk_id;
}

const names = (talk) => talk.speakers.join(talk.lang === "ja" ? "・" : ", ");

/** Progress and time left, by the clock. */
export function tickOnAir(list, now) {
  for (const bar of findAll("[data-progress]", list)) {
    const { starts, ends } = bar.dataset;
    if (!starts || !ends) continue;
    const part = Math.min(Math.max((now / 1000 - starts) / (ends - starts), 0), 1);
    bar.dataset.p = Math.round(part * 100);
    // A talk before its time: how long it lasts is known, when it ends is not.
    const minutes = now / 1000 < starts ? 0 : Math.max(Math.ceil((ends - now / 1000) / 60), 0);
    const left = find("[data-left]", bar.closest("li"));
    setText(left, minutes ? interpolate(gettext("%s min left"), [minutes]) : "");
  }
}
