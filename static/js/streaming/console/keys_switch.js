// Single keys can be switched off: for speech input, and for cats. Remembered in this browser.
import { find } from "../../lib/dom.js";
import { keep, recall } from "../../lib/storage.js";

const KEY = "console:single-keys";

export const keysAreOn = () => recall(KEY) !== "off";

export function startKeysSwitch(dialog) {
  const box = find("[data-keys-on]", dialog);
  box.checked = keysAreOn();
  box.addEventListener("change", () => keep(KEY, box.checked ? "on" : "off"));
}
