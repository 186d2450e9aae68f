// The take button names its target. The same target stands on the row, in the inspector and in the dock.
import { find, setAttribute, setText } from "../../lib/dom.js";
import { takeNamed, takeVerb } from "./words.js";

/**
 * `look` is {target, phase, isArmed, isResting, isRefused, mark}. The button is never `disabled`, so that it keeps
 * the focus while it rests; what it may do is asked when it is pressed.
 */
export function drawTake(button, look) {
  holdWidth(button, look.phase !== null);
  const isSmall = button.classList.contains("take");
  setText(find("[data-take-verb]", button), verbOf(look, isSmall));
  setText(find("[data-take-target]", button), targetOf(look, isSmall));
  setAttribute(find("[data-take-target]", button), "lang", isSmall ? null : look.target?.talk.lang);
  setAttribute(button, "aria-disabled", look.target && !look.phase && !look.isResting ? null : "true");
  setAttribute(button, "data-talk", look.target?.talk.talk_id ?? null);
  setAttribute(button, "data-command", look.target?.command ?? null);
  setAttribute(button, "data-phase", look.phase ?? (look.isResting ? "resting" : null));
  button.classList.toggle("armed", look.isArmed);
  button.classList.toggle("sent", look.phase !== null);
  button.classList.toggle("stale", look.isRefused);
  button.classList.toggle("back", look.target?.command === "clear");
  drawKeys(find("[data-take-keys]", button), look.isArmed);
}

function verbOf(look, isSmall) {
  if (look.phase === "sending") return gettext("Sending…");
  if (look.phase === "unanswered") return isSmall ? gettext("No answer") : gettext("Sent, no answer");
  if (look.isArmed && isSmall) return gettext("Enter fires");
  const isAgain = look.isRefused && look.target;
  if (isSmall) return isAgain ? gettext("Again") : takeVerb(look.target);
  return isAgain ? `${gettext("Again:")} ${takeNamed(look.target)}` : takeNamed(look.target);
}

function targetOf(look, isSmall) {
  if (look.phase === "unanswered" && !isSmall) return gettext("asking again with the same key");
  if (!isSmall) return look.target?.talk.title ?? "";
  return look.target ? `#${look.target.talk.talk_id} → ${look.mark}` : "";
}

function drawKeys(keys, isArmed) {
  if (!keys) return;
  setText(keys.childNodes[1], isArmed ? gettext("armed") : gettext("arm"));
  setText(keys.childNodes[3], isArmed ? gettext("fires") : gettext("fire"));
}

/** While the label says that it is being sent, the button keeps the width it had. */
function holdWidth(button, isBusy) {
  if (isBusy && !button.style.minWidth) button.style.setProperty("min-width", `${button.offsetWidth}px`);
  if (!isBusy) button.style.removeProperty("min-width");
}
