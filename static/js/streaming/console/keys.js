// The keyboard. Space, W, B and P only arm; Enter fires what is armed; + and - only ask. Nothing while somebody
// types, or when single keys are switched off.
import { isPlainKey, isTyping } from "../../lib/dom.js";
import { keysAreOn } from "./keys_switch.js";

const CARDS = { w: "waiting", b: "break", p: "technical" };
const OTHER_CONTROLS = "button, a, summary, dialog, [role=button]";

/** Enter and Space belong to a focused control, unless that is a lamp or a take button. */
function isElsewhere(event) {
  const control = event.target.closest?.(OTHER_CONTROLS);
  return control !== null && control !== undefined && !control.matches("[data-take], [data-select]");
}

export function startKeys({ select, armTake, armCard, fireArmed, disarm, undo, hold, shift, help, isArmed }) {
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || !isPlainKey(event) || document.querySelector("dialog[open]") || !keysAreOn()) return;
    const key = event.key.toLowerCase();
    const act = action(key, event);
    if (!act) return;
    event.preventDefault();
    if (!event.repeat) act();
  });

  function action(key, event) {
    if (/^[1-9]$/.test(key)) return () => select(Number(key) - 1);
    if (key === "escape") return isArmed() ? disarm : null;
    if (key === "?") return help;
    if (key === "u") return undo;
    if (key === "h") return hold;
    if (key === "+" || key === "-") return () => shift(key === "+" ? 1 : -1);
    if (key in CARDS) return () => armCard(CARDS[key]);
    if (key === "enter" && isArmed()) return fireArmed;
    if (isElsewhere(event)) return null;
    if (key === " ") return armTake;
    // Enter on a take button that is not armed must not fire it.
    return key === "enter" && event.target.closest?.("[data-take]") ? armTake : null;
  }

  // The click that a released Space would make on a focused button.
  document.addEventListener("keyup", (event) => {
    if (event.key === " " && event.target.closest?.("[data-take], [data-select]")) event.preventDefault();
  });
}
