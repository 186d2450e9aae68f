// What happened, above the grid: it stays until it is answered, closed or out of date.
import { icon, make } from "../../lib/dom.js";

export class Notices {
  constructor(root) {
    this.root = root;
    root.addEventListener("click", (event) => event.target.closest("[data-close]") && this.clear());
  }

  /** `kind`: "refused", "stale", "told"; `actions`: [{label, act or href}]; `lines` say the reasons. */
  tell({ kind, title, lines = [], actions = [] }) {
    const buttons = actions.map(({ label, act, href }) => (href ? make("a", { class: "btn sm", href }, label) : this.button(label, act)));
    const close = make("button", { type: "button", class: "iconbtn", "data-close": "", "aria-label": gettext("Close") }, icon("close"));
    const text = make("div", { class: "te-notice-text" }, make("b", {}, title), ...lines.map((line) => make("p", {}, line)));
    const sign = icon(kind === "told" ? "info" : "warning");
    this.root.replaceChildren(make("div", { class: `te-notice ${kind}` }, sign, text, ...buttons, close));
    this.kind = kind;
  }

  button(label, act) {
    const button = make("button", { type: "button", class: "btn sm" }, label);
    button.addEventListener("click", () => {
      this.clear();
      act();
    });
    return button;
  }

  clear(kind = null) {
    if (kind && this.kind !== kind) return;
    this.root.replaceChildren();
    this.kind = null;
  }
}
