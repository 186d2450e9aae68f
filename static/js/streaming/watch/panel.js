// The tabs of the panel: arrow keys move, the chosen one is kept for the next page.
import { find, findAll } from "../../lib/dom.js";
import { keep, recall } from "../../lib/storage.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export function startPanel(root) {
  const tabs = findAll("[role=tab]", root);
  const choose = (tab, focus) => {
    for (const each of tabs) {
      each.setAttribute("aria-selected", String(each === tab));
      each.tabIndex = each === tab ? 0 : -1;
      document.getElementById(each.getAttribute("aria-controls")).hidden = each !== tab;
    }
    keep("viewer:panel", tab.id);
    if (focus) tab.focus();
  };
  for (const tab of tabs) tab.addEventListener("click", () => choose(tab));
  find("[role=tablist]", root).addEventListener("keydown", (event) => {
    const at = tabs.indexOf(event.target);
    if (at < 0 || !(event.key in STEPS)) return;
    event.preventDefault();
    choose(tabs[(at + STEPS[event.key] + tabs.length) % tabs.length], true);
  });
  const remembered = tabs.find((tab) => tab.id === recall("viewer:panel"));
  if (remembered) choose(remembered);
}
