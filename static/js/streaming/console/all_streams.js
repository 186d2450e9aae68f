// What all streams of the event cost, and one press for all of them before the doors open.
import { find, findAll, setText } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { streamRefusal } from "./stream_words.js";
import { say } from "./words.js";

/** A site without a cloud is not told of dollars. */
export const hourWord = (cost) => (cost.running ? say(gettext("US$%(n)s an hour"), { n: cost.an_hour }) : gettext("nothing now"));
export const todayWord = (cost) => (Number(cost.today) ? say(gettext("today US$%(n)s"), { n: cost.today }) : "");

/** "3 streams run and cost US$6.15 an hour. Today US$12.40, in all US$31.00." */
export function costLine(cost) {
  const running = ngettext("%(n)s stream runs and costs US$%(hour)s an hour.", "%(n)s streams run and cost US$%(hour)s an hour.", cost.running);
  const now = cost.running ? say(running, { n: cost.running, hour: cost.an_hour }) : gettext("No stream runs that costs money.");
  if (!Number(cost.in_all)) return now;
  const sums = gettext("Today US$%(today)s, in all US$%(all)s (list prices).");
  return `${now} ${say(sums, { today: cost.today, all: cost.in_all })}`;
}

export class AllStreams {
  constructor(root, { base, ask }) {
    Object.assign(this, { root, base, ask });
    for (const button of findAll("[data-all]", root)) {
      button.addEventListener("click", () => this.press(button.dataset.all));
    }
  }

  draw(cost) {
    setText(find("[data-cost-line]", this.root), hourWord(cost));
    setText(find("[data-cost-more]", this.root), costLine(cost));
  }

  async press(step) {
    const buttons = findAll("[data-all]", this.root);
    for (const button of buttons) button.disabled = true;
    try {
      const { body } = await sendJson("POST", `${this.base}/streams`, { step });
      this.say(countsWord(body));
    } catch (error) {
      this.say(streamRefusal(error));
    }
    for (const button of buttons) button.disabled = false;
    this.ask();
  }

  say(text) {
    setText(find("[data-all-said]", this.root), text);
  }
}

export const countsWord = ({ asked, already }) =>
  say(gettext("Asked for: %(asked)s. No need: %(already)s."), { asked, already });
