// The line at the foot: the talk that has the focus, or the one in the hand and what is in its way.
import { find, icon, make, setText, show } from "../../lib/dom.js";
import { changeOf, isPlaced, placeOf } from "./places.js";
import { findConflicts } from "./conflicts.js";
import { conflictText, minutesText, roomName, say, shortPlace } from "./words.js";

export class Details {
  constructor(root, store, grid) {
    this.root = root;
    this.store = store;
    this.grid = grid;
    this.talkId = null;
  }

  choose(id) {
    this.talkId = id;
    this.draw();
  }

  /** `hand`: drawn instead of the chosen talk while it holds one. */
  draw(hand = null) {
    const talk = hand?.isHolding ? hand.talk : this.store.talk(this.talkId);
    show(find("[data-idle]", this.root), !talk);
    show(find("[data-chosen]", this.root), Boolean(talk));
    this.root.classList.toggle("clash", Boolean(hand?.conflicts.length));
    if (!talk) return;
    this.fillTalk(talk);
    if (hand?.isHolding) this.fillHand(hand);
    else this.fillPlace(talk);
  }

  fillTalk(talk) {
    const title = find("[data-title]", this.root);
    setText(title, talk.title);
    title.lang = talk.lang;
    setText(find("[data-people]", this.root), talk.speakers.map(({ name }) => name).join(gettext(", ")));
    find("[data-form]", this.root).href = talk.form_url;
    find("[data-edit]", this.root).href = talk.edit_url;
    show(find("[data-off]", this.root), isPlaced(placeOf(talk)));
  }

  fillHand(hand) {
    setText(find("[data-where]", this.root), hand.line);
    show(find("[data-links]", this.root), false);
    find("[data-why]", this.root).replaceChildren();
  }

  fillPlace(talk) {
    const { frame, talks } = this.store;
    const place = placeOf(talk);
    const length = minutesText(isPlaced(place) ? place.ends - place.starts : talk.minutes * 60_000);
    const words = [shortPlace(frame, talk, place, this.grid.day), length, isPlaced(place) && roomName(frame, place)];
    setText(find("[data-where]", this.root), words.filter(Boolean).join(" · "));
    show(find("[data-links]", this.root), true);
    const reasons = findConflicts(frame, talks, talk, place).map((conflict) => conflictText(frame, talks, talk, place, conflict));
    find("[data-why]", this.root).replaceChildren(...reasons.map((text) => make("p", { class: "clash" }, icon("warning"), text)), ...this.history(talk));
  }

  history(talk) {
    const { frame } = this.store;
    const published = { added: gettext("not published yet"), null: null }[changeOf(talk)];
    const before = changeOf(talk) && !published && say(gettext("published: %(place)s"), { place: shortPlace(frame, talk, placeOf(talk.published)) });
    const who = talk.moved_by && say(gettext("last moved by %(name)s"), { name: talk.moved_by });
    return [published ?? before, who].filter(Boolean).map((text) => make("p", {}, text));
  }
}
