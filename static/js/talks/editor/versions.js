// What was published when, and the way back to it.
import { HttpError } from "../../lib/http.js";
import { find, make, setText, show } from "../../lib/dom.js";
import { say } from "./words.js";

export class Versions {
  constructor(dialog, store, restored) {
    this.dialog = dialog;
    this.store = store;
    this.restored = restored;
    find("[data-back]", dialog).addEventListener("click", () => this.step("look"));
    find("form", dialog).addEventListener("submit", (event) => this.submit(event));
  }

  async open() {
    this.step("look");
    this.fail("");
    this.list([]);
    this.dialog.showModal();
    try {
      const { versions } = await this.store.read(this.store.urls.versions);
      this.list(versions);
      show(find("[data-none]", this.dialog), versions.length === 0);
    } catch {
      this.fail(gettext("The versions could not be read. Close this and open it again."));
    }
  }

  step(name) {
    for (const part of this.dialog.querySelectorAll("[data-in]")) show(part, part.dataset.in === name);
    if (name === "confirm") find("[data-back]", this.dialog).focus();
  }

  list(versions) {
    find("[data-list]", this.dialog).replaceChildren(...versions.map((version, index) => this.row(version, version.is_current ?? index === 0)));
  }

  row(version, isCurrent) {
    const format = { dateStyle: "medium", timeStyle: "short", timeZone: this.store.frame.time_zone };
    const at = new Date(version.published_at).toLocaleString(document.documentElement.lang, format);
    const who = [at, version.actor, "talks" in version && say(ngettext("%(count)s talk", "%(count)s talks", version.talks), { count: version.talks })];
    const text = make("div", {}, make("b", {}, say(gettext("Version %(number)s"), version)), make("p", {}, who.filter(Boolean).join(" · ")), version.note ? make("p", { class: "te-note" }, version.note) : "");
    return make("li", {}, text, isCurrent ? make("span", { class: "tag" }, gettext("Published now")) : this.button(version));
  }

  button(version) {
    const label = say(gettext("Restore version %(number)s"), version);
    const button = make("button", { type: "button", class: "btn sm", "aria-label": label }, gettext("Restore"));
    button.addEventListener("click", () => this.ask(version));
    return button;
  }

  ask(version) {
    this.chosen = version;
    setText(find("[data-question]", this.dialog), say(gettext("Put version %(number)s back?"), version));
    this.step("confirm");
  }

  fail(text) {
    const line = find("[data-fault]", this.dialog);
    setText(line, text);
    show(line, text !== "");
  }

  async submit(event) {
    event.preventDefault();
    const url = this.store.urls.restore.replace("/0/", `/${this.chosen.number}/`);
    try {
      const answer = await this.store.command(url, { expected_draft_revision: this.store.draft.draft_revision });
      this.dialog.close();
      await this.store.askAfresh();
      this.restored(answer.version ?? this.chosen);
    } catch (error) {
      this.step("look");
      const isStale = error instanceof HttpError && error.status === 409;
      if (isStale) await this.store.askAfresh();
      this.fail(error.body?.text ?? (isStale ? gettext("Not restored: somebody changed the draft in the meantime. Try again.") : gettext("Not restored: the server did not answer.")));
    }
  }
}
