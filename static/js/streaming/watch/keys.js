// Single keys, which can be switched off; none of them works while somebody types.
import { find, isPlainKey, isTyping } from "../../lib/dom.js";
import { keep, recall } from "../../lib/storage.js";

export function startKeys(dialog, { player, chooseNth }) {
  const box = find("[data-keys-on]", dialog);
  box.checked = recall("viewer:keys") !== "0";
  box.addEventListener("change", () => keep("viewer:keys", box.checked ? "1" : "0"));
  const actions = {
    k: () => player.togglePlay(),
    m: () => player.toggleMute(),
    f: () => player.toggleFullscreen(),
    "?": () => dialog.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (!box.checked || isTyping(event) || !isPlainKey(event) || dialog.open) return;
    const key = event.key.toLowerCase();
    if (key === " " && !isPressable(event.target)) run(event, actions.k);
    else if (/^[1-9]$/.test(key)) run(event, () => chooseNth(Number(key)));
    else if (Object.hasOwn(actions, key)) run(event, actions[key]);
  });
}

/** Space presses the button that has the focus; it is not ours then. */
const isPressable = (target) => target instanceof Element && target.closest("button, a, summary, [role=tab]") !== null;

function run(event, action) {
  event.preventDefault();
  action();
}
