// A sentence to those who watch: published from here, shown above the rows, withdrawn with one press.
import { find, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { say } from "./words.js";

export class Sentence {
  constructor(root, { base, ask, tell }) {
    Object.assign(this, { base, ask, tell });
    this.form = find("[data-sentence-form]", root);
    this.refusal = find("[data-sentence-refusal]", root);
    this.banner = find("[data-announced]", root);
    this.form.addEventListener("submit", (event) => this.publish(event));
    find("[data-withdraw]", root).addEventListener("click", () => this.withdraw());
  }

  draw(track, announcement) {
    Object.assign(this, { track, announcement });
    setText(find("[data-sentence-track]", this.form), say(gettext("Only track %(name)s"), { name: track.name }));
    show(this.banner, announcement !== null);
    if (!announcement) return;
    const text = announcement.text[document.documentElement.lang] ?? announcement.text.ja;
    setText(find("[data-announced-text]", this.banner), text);
  }

  async publish(event) {
    event.preventDefault();
    const { text_ja, text_en, level, to } = this.form.elements;
    const track_id = to.value ? this.track.id : null;
    const body = { text_ja: text_ja.value, text_en: text_en.value, level: level.value, track_id };
    if (await this.sent(`${this.base}/announcements`, body)) {
      this.form.reset();
      this.tell(gettext("Viewers read it now."));
    }
  }

  async withdraw() {
    const url = `${this.base}/announcements/${this.announcement.id}/withdraw`;
    if (await this.sent(url, {})) this.tell(gettext("It is withdrawn."));
  }

  async sent(url, body) {
    let reason = "";
    try {
      await sendJson("POST", url, body);
    } catch (error) {
      reason = error.status === 422 ? gettext("Write a sentence of at most 500 characters.") : gettext("That did not reach the server. Your text is kept.");
    }
    show(this.refusal, reason !== "");
    setText(find("b", this.refusal), reason);
    this.ask();
    return reason === "";
  }
}
