// "What changes": the draft beside what is published, and the step that publishes it.
import { HttpError } from "../../lib/http.js";
import { find, icon, make, setText, show } from "../../lib/dom.js";
import { placeOf } from "./places.js";
import { conflictText, say, shortPlace } from "./words.js";

const GROUPS = [
  ["added", () => gettext("New")],
  ["moved", () => gettext("Moved")],
  ["room", () => gettext("Another room")],
  ["removed", () => gettext("Taken off the timetable")],
];

export class Changes {
  constructor(dialog, store, published) {
    this.dialog = dialog;
    this.store = store;
    this.published = published;
    this.form = find("form", dialog);
    find("[data-ask]", dialog).addEventListener("click", () => this.step("confirm"));
    find("[data-back]", dialog).addEventListener("click", () => this.step("look"));
    this.form.addEventListener("submit", (event) => this.submit(event));
  }

  open() {
    this.fail("");
    for (const part of this.dialog.querySelectorAll("[data-seen]")) show(part, (part.dataset.seen === "public") === this.store.frame.is_public);
    this.fill(null);
    this.dialog.showModal();
    return this.read();
  }

  async read() {
    this.step("look");
    try {
      // The list belongs to this revision: publishing another one is refused.
      this.revision = this.store.draft.draft_revision;
      this.fill(await this.store.read(this.store.urls.changes));
    } catch {
      this.fail(gettext("The changes could not be read. Close this and open it again."));
    }
  }

  step(name) {
    this.dialog.dataset.step = name;
    for (const part of this.dialog.querySelectorAll("[data-in]")) show(part, part.dataset.in === name);
    if (name === "confirm") find("[data-back]", this.dialog).focus();
  }

  fill(answer) {
    const changes = answer?.changes ?? [];
    const conflicts = answer?.conflicts ?? [];
    const count = changes.length;
    const title = answer ? say(ngettext("%(count)s change", "%(count)s changes", count), { count }) : gettext("Reading…");
    setText(find("[data-count]", this.dialog), answer && !count ? gettext("Nothing differs from what is published") : title);
    find("[data-groups]", this.dialog).replaceChildren(...GROUPS.flatMap((group) => this.group(changes, ...group)));
    this.fillConflicts(conflicts);
    find("[data-ask]", this.dialog).disabled = !answer || !count || conflicts.length > 0;
    setText(find("[data-question]", this.dialog), say(ngettext("Publish %(count)s change now?", "Publish %(count)s changes now?", count), { count }));
    setText(find("[data-air]", this.dialog), this.airText(changes));
  }

  group(changes, kind, name) {
    const rows = changes.filter((change) => change.kind === kind);
    if (!rows.length) return [];
    return [make("h3", {}, `${name()} `, make("span", {}, String(rows.length))), make("ul", { class: "te-diff" }, ...rows.map((change) => this.row(change)))];
  }

  row(change) {
    const { frame } = this.store;
    const talk = this.store.talk(change.talk_id) ?? { is_for_all_tracks: false };
    const before = change.before && make("s", {}, shortPlace(frame, talk, placeOf(change.before)));
    const after = change.after && change.kind !== "removed" && make("b", {}, shortPlace(frame, talk, placeOf(change.after)));
    const where = make("p", { class: "te-way" }, before || "", before && after ? make("span", { class: "te-arrow", "aria-label": gettext("becomes") }, "→") : "", after || "");
    return make("li", {}, make("p", { class: "te-what", lang: change.lang }, change.title), where, this.consequence(change));
  }

  consequence(change) {
    const own = change.is_on_air ? gettext("It is on air now. The picture goes on; only its place in the timetable changes.") : "";
    const text = change.consequence || own;
    return text ? make("p", { class: "te-consequence" }, icon("signal"), text) : "";
  }

  fillConflicts(conflicts) {
    const { frame, talks } = this.store;
    const sentence = (conflict) => {
      const talk = this.store.talk(conflict.talk_ids[0]);
      return make("li", {}, talk ? make("b", { lang: talk.lang }, talk.title) : "", " ", conflict.text || conflictText(frame, talks, talk, placeOf(talk), conflict));
    };
    show(find("[data-conflicts]", this.dialog), conflicts.length > 0);
    find("[data-conflicts] ul", this.dialog).replaceChildren(...conflicts.map(sentence));
  }

  airText(changes) {
    const count = changes.filter((change) => change.is_on_air).length;
    if (!count) return "";
    return say(ngettext("%(count)s of the talks is on air now.", "%(count)s of the talks are on air now.", count), { count });
  }

  fail(text) {
    const line = find("[data-fault]", this.dialog);
    setText(line, text);
    show(line, text !== "");
  }

  async submit(event) {
    event.preventDefault();
    const button = find("[data-publish]", this.dialog);
    button.disabled = true;
    try {
      const note = this.form.elements.note.value;
      const answer = await this.store.command(this.store.urls.publish, { expected_draft_revision: this.revision, note });
      this.form.reset();
      this.dialog.close();
      await this.store.askAfresh();
      this.published(answer.version);
    } catch (error) {
      await this.refused(error);
    }
    button.disabled = false;
  }

  async refused(error) {
    if (!(error instanceof HttpError) || error.status !== 409) {
      return this.fail(gettext("Not published: the server did not answer. Look at the versions before you try again."));
    }
    await this.store.askAfresh();
    await this.read();
    const words = {
      stale: gettext("Not published: somebody changed the draft in the meantime. This is how it stands now."),
      conflict: gettext("Not published: some talks are in each other's way."),
    };
    this.fail(words[error.body?.code] ?? error.body?.text ?? gettext("Not published."));
  }
}
