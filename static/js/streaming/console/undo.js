// The undo bar: thirty seconds in which the last change of the selected track can be taken back.
import { find, setAttribute, setText, show } from "../../lib/dom.js";
import { undoSeconds } from "./state.js";
import { say, shownWord } from "./words.js";

const SECONDS = 30;

/** `look` is {now, phase, clockSeconds}. */
export function drawUndo(bar, track, look) {
  const left = undoSeconds(track, look.now);
  show(bar, left !== null);
  if (left === null) return;
  setText(find("[data-undo-what]", bar), say(gettext("Now: %(what)s"), { what: shownWord(track.undo.done) }));
  const back = say(gettext("%(time)s, before: %(what)s"), {
    time: look.clockSeconds(track.undo.at),
    what: shownWord(track.undo.restores),
  });
  setText(find("[data-undo-back]", bar), back);
  setText(find("[data-undo-seconds]", bar), String(left));
  setAttribute(find("[data-undo-button]", bar), "aria-disabled", look.phase ? "true" : null);
  find("[data-undo-bar]", bar).style.setProperty("--p", `${(100 * left) / SECONDS}%`);
}
