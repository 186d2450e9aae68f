// The next talk's preflight in the inspector, with the tick for its speakers.
import { find, make, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { preflight, preflightTalk, verdict } from "./preflight.js";
import { numbered } from "./words.js";

const SIGNS = { ok: "", warn: "!", bad: "×", unk: "?" };

export class PreflightPanel {
  /** `urlOf(trackId, "speakers")`, `ask()` for the state, `tell(text)` says a line politely. */
  constructor(root, { urlOf, ask, tell }) {
    Object.assign(this, { root, urlOf, ask, tell });
    this.tick = find("[data-speakers-here]", root);
    this.tick.addEventListener("change", () => this.press());
  }

  draw(track, chosenId, { clockTime }) {
    const talk = preflightTalk(track, chosenId);
    Object.assign(this, { track, talk });
    show(this.root, talk !== null && !talk.is_break);
    if (!talk) return;
    const checks = preflight(track, talk, clockTime);
    this.drawVerdict(verdict(checks), talk);
    show(this.tick.closest("label"), talk.speakers.length > 0);
    if (!this.tick.disabled) this.tick.checked = talk.speakers_here !== null;
    setText(find("[data-speakers-names]", this.root), talk.speakers.join("・"));
    this.drawChecks(checks);
  }

  drawVerdict({ level, word }, talk) {
    const lamp = find("[data-verdict]", this.root);
    lamp.className = `lp ${level}`;
    setText(find("i", lamp), SIGNS[level]);
    setText(find("[data-verdict-word]", this.root), word);
    setText(find("[data-verdict-talk]", this.root), `${numbered(talk)} ${talk.title}`);
    find("[data-verdict-talk]", this.root).lang = talk.lang;
  }

  drawChecks(checks) {
    const drawn = JSON.stringify(checks);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    find("[data-checks]", this.root).replaceChildren(
      ...checks.map(({ key, level, word }) =>
        make("li", { "data-check": key, "data-level": level }, make("span", { class: `lp ${level}`, "aria-hidden": "true" }, make("i", {}, SIGNS[level])), make("span", {}, word)),
      ),
    );
  }

  async press() {
    this.tick.disabled = true;
    const [are_here, talk_id] = [this.tick.checked, this.talk.talk_id];
    try {
      await sendJson("POST", this.urlOf(this.track.id, "speakers"), { talk_id, are_here });
    } catch {
      this.tick.checked = !are_here;
      this.tell(gettext("That did not reach the server."));
    }
    this.tick.disabled = false;
    this.ask();
  }
}
