// The tabs of the panel: arrow keys move, the chosen one is kept for the next page. "panel:chosen" bubbles with its
// name. What `startPanel` returns shows or hides a tab by its name.
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
    if (focus) tab.focus();
    root.dispatchEvent(new CustomEvent("panel:chosen", { bubbles: true, detail: { name: nameOf(tab) } }));
  };
  const pick = (tab, focus = false) => {
    keep("viewer:panel", tab.id);
    choose(tab, focus);
  };
  for (const tab of tabs) tab.addEventListener("click", () => pick(tab));
  find("[role=tablist]", root).addEventListener("keydown", (event) => {
    const there = tabs.filter((tab) => !tab.hidden);
    const at = there.indexOf(event.target);
    if (at < 0 || !(event.key in STEPS)) return;
    event.preventDefault();
    pick(there[(at + STEPS[event.key] + there.length) % there.length], true);
  });
  const remembered = () => tabs.find((tab) => tab.id === recall("viewer:panel") && !tab.hidden);
  if (remembered()) choose(remembered());
  return (name, isThere) => {
    const tab = tabs.find((each) => nameOf(each) === name);
    if (tab.hidden !== isThere) return;
    tab.hidden = !isThere;
    if (isThere && tab === remembered()) choose(tab);
    if (!isThere && tab.getAttribute("aria-selected") === "true") choose(tabs[0]);
  };
}

const nameOf = (tab) => tab.id.replace("tab-", "");
