// The line that says whether the server has everything, and the bar of what it does not have.
import { find, setText, show } from "../../lib/dom.js";
import { say } from "./words.js";

const clock = (moment) => new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

const notSaved = (count) => say(ngettext("%(count)s move is not saved", "%(count)s moves are not saved", count), { count });

const WORDS = {
  saved: ({ savedAt }) => (savedAt ? say(gettext("Saved %(time)s"), { time: clock(savedAt) }) : gettext("All saved")),
  saving: () => gettext("Saving…"),
  unsent: ({ saving }) => notSaved(saving.unsent),
  offline: () => gettext("No connection"),
  signed_out: () => gettext("Signed out"),
};

export class Saving {
  constructor(root, store) {
    this.status = find("[data-saving]", root);
    this.bar = find("[data-unsaved]", root);
    this.store = store;
    find("[data-retry]", this.bar).addEventListener("click", () => store.retry());
    find("[data-take-back]", this.bar).addEventListener("click", () => store.takeBack());
  }

  draw() {
    const { saving } = this.store;
    this.status.dataset.saving = saving.kind;
    setText(find("span", this.status), WORDS[saving.kind](this.store));
    const isBad = saving.kind !== "saved" && saving.kind !== "saving";
    show(this.bar, isBad);
    if (isBad) setText(find("[data-unsaved-text]", this.bar), this.sentence(saving));
    show(find("[data-take-back]", this.bar), saving.unsent > 0);
    show(find("[data-sign-in]", this.bar), saving.kind === "signed_out");
    show(find("[data-retry]", this.bar), saving.kind !== "signed_out");
  }

  sentence({ kind, unsent }) {
    const count = unsent ? `${notSaved(unsent)}. ` : "";
    if (kind === "signed_out") return count + gettext("You are signed out. Sign in on another tab and come back: nothing is lost.");
    return count + gettext("The server cannot be reached. It is asked again every few seconds.");
  }
}
