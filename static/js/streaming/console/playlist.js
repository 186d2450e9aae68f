// The selected track's talks. Choosing one names it on the take button; it does nothing else.
import { make, setAttribute, setText, show } from "../../lib/dom.js";
import { say } from "./words.js";

const STATES = () => ({
  on_air: ["cur", pgettext("badge", "Live")],
  next: ["tgt", gettext("next")],
  done: ["done", gettext("done")],
  later: ["", ""],
});

const PAST = 2;
const COMING = 6;

/** The talks around now: a few that are over, what is on air or next, and some to come. */
export function around(playlist, now) {
  const isOver = (talk) => new Date(talk.ends_at).getTime() <= now && !["on_air", "next"].includes(talk.state);
  const first = playlist.findIndex((talk) => !isOver(talk));
  const from = first < 0 ? playlist.length : first;
  return playlist.slice(Math.max(0, from - PAST), from + COMING);
}

export class Playlist {
  constructor(list, { allButton, onChoose, clockTime }) {
    Object.assign(this, { list, allButton, onChoose, clockTime });
    this.isWhole = false;
    allButton.addEventListener("click", () => this.showAll(!this.isWhole));
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-choose]");
      if (button) onChoose(Number(button.dataset.choose));
    });
  }

  showAll(isWhole) {
    this.isWhole = isWhole;
    this.draw(...this.given);
  }

  draw(track, chosenId, now) {
    this.given = [track, chosenId, now];
    const near = around(track.playlist, now);
    const talks = this.isWhole ? track.playlist : track.playlist.filter((talk) => near.includes(talk) || talk.talk_id === chosenId);
    this.drawButton(track, near);
    const drawn = JSON.stringify([track.id, talks, chosenId]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focused = document.activeElement?.closest?.("[data-choose]")?.dataset.choose;
    this.list.replaceChildren(...talks.map((talk) => this.entry(talk, talk.talk_id === chosenId)));
    if (focused) this.list.querySelector(`[data-choose="${focused}"]`)?.focus();
  }

  drawButton(track, near) {
    show(this.allButton, near.length < track.playlist.length);
    setAttribute(this.allButton, "aria-pressed", String(this.isWhole));
    const all = say(gettext("All %(n)s talks and breaks"), { n: track.playlist.length });
    setText(this.allButton, this.isWhole ? gettext("Only those around now") : all);
  }

  entry(talk, isChosen) {
    const [className, word] = STATES()[talk.state];
    const names = [className, isChosen ? "chosen" : "", talk.is_break ? "brk" : ""].filter(Boolean).join(" ");
    return make(
      "li",
      { class: names || null, "data-state": talk.state },
      make("time", { datetime: talk.starts_at }, this.clockTime(talk.starts_at)),
      this.words(talk, isChosen),
      badge(talk, word, isChosen),
    );
  }

  words(talk, isChosen) {
    const title = make("b", { lang: talk.lang, title: talk.title }, talk.title);
    if (talk.is_break) return make("span", {}, title);
    const facts = make("small", {}, factsOf(talk));
    if (!talk.may_air) return make("span", {}, title, facts);
    return make("button", { type: "button", "data-choose": talk.talk_id, "aria-pressed": String(isChosen) }, title, facts);
  }
}

function factsOf(talk) {
  if (!talk.is_published) return say(gettext("#%(id)s, not published"), { id: talk.talk_id });
  if (talk.do_not_stream && talk.may_air) return say(gettext("#%(id)s, streamed by override only"), { id: talk.talk_id });
  if (!talk.may_air) return say(gettext("#%(id)s, must not be streamed"), { id: talk.talk_id });
  return `#${talk.talk_id}`;
}

function badge(talk, word, isChosen) {
  if (talk.state === "on_air") return make("span", { class: "live" }, make("i"), word);
  if (isChosen) return make("span", { class: "pill on" }, gettext("chosen"));
  if (talk.do_not_stream && !talk.may_air && talk.is_published) return askButton(talk);
  if (talk.state === "next") return make("span", { class: "pill" }, word);
  return make("span", { class: "plist-done" }, word);
}

function askButton(talk) {
  const name = say(gettext("Override for #%(id)s"), { id: talk.talk_id });
  return make("button", { type: "button", class: "btn sm ovr-ask", "data-override-talk": talk.talk_id, "aria-label": name }, gettext("Override"));
}

export function drawPlaylistTitle(heading, track) {
  setText(heading, say(gettext("Playlist of %(name)s: choose, then take"), { name: track.name }));
  setAttribute(heading, "data-for", track.id);
}
