// What the timetable does by itself on the selected track: armed, held or left to people, and why it stopped.
import { find, findAll, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { secondsUntil } from "./state.js";
import { cardWord, duration, outcomeWord, say } from "./words.js";

const SHOWN = { armed: ["hold", "disarm"], held: ["release", "disarm"], idle: ["arm"], nothing: [] };

/** "armed", "held", "idle" (a step could be armed) or "nothing" (nothing starts later). */
export function modeOf({ is_armed, is_held, step }) {
  if (is_armed) return is_held ? "held" : "armed";
  return step ? "idle" : "nothing";
}

const targetWord = ({ talk, card }) => (talk ? `“${talk.title}”` : say(gettext("the %(card)s card"), { card: cardWord(card) }));

const SENTENCES = {
  armed: () => gettext("Will switch to %(what)s at %(at)s, in %(left)s."),
  held: () => gettext("Held: would switch to %(what)s at %(at)s. Nothing happens by itself."),
  idle: () => gettext("If armed, it will switch to %(what)s at %(at)s, in %(left)s."),
};

/** One sentence: what will happen when, or what would. `look` is {now, clockSeconds}. */
export function automationLine(automation, look) {
  const mode = modeOf(automation);
  const reason = outcomeWord(automation.outcome);
  if (mode === "nothing") return reason || gettext("Nothing starts later on this track.");
  const left = duration(Math.max(secondsUntil(automation.step.due_at, look.now), 0));
  const values = { what: targetWord(automation.step), at: look.clockSeconds(automation.step.due_at), left };
  return [reason, say(SENTENCES[mode](), values)].filter(Boolean).join(" ");
}

const DONE = () => ({
  arm: gettext("The automation is armed."),
  hold: gettext("The automation is held: nothing happens by itself."),
  release: gettext("The automation goes on."),
  disarm: gettext("The automation is disarmed."),
});

export class Automation {
  /** `urlOf(trackId, "automation")`, `ask()` for the state, `tell(text)` says a line politely. */
  constructor(root, { urlOf, ask, tell }) {
    Object.assign(this, { root, urlOf, ask, tell });
    for (const button of findAll("[data-automate]", root)) {
      button.addEventListener("click", () => this.press(button));
    }
  }

  draw(track, look) {
    this.track = track;
    setText(find("[data-automation-line]", this.root), automationLine(track.automation, look));
    const shown = SHOWN[modeOf(track.automation)];
    for (const button of findAll("[data-automate]", this.root)) show(button, shown.includes(button.dataset.automate));
  }

  /** The key H: what is armed waits. It never lets anything go on. */
  hold() {
    const mode = modeOf(this.track.automation);
    if (mode === "armed") return this.press(find("[data-automate=hold]", this.root));
    return this.tell(mode === "held" ? gettext("It is held already.") : gettext("Nothing is armed on this track."));
  }

  async press(button) {
    button.disabled = true;
    const body = { step: button.dataset.automate, expected_revision: this.track.revision };
    try {
      await sendJson("POST", this.urlOf(this.track.id, "automation"), body);
      this.tell(DONE()[body.step]);
    } catch (error) {
      this.tell(error.body?.code ? refusalWord(error.body.code, null, null) : gettext("That did not reach the server."));
    }
    button.disabled = false;
    this.ask();
  }
}
