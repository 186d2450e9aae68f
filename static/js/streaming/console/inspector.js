// The selected track: lamp, facts, explanation of a refusal, cards, the line of last resort.
import { find, findAll, setAttribute, setText, show } from "../../lib/dom.js";
import { drawLeft, drawNowTitle, viewersWord } from "./rows.js";
import { cardWord, lampWord, refusalWord, say, shownWord } from "./words.js";

export function drawHead(root, track, look) {
  setText(find("[data-mark]", root), track.mark);
  find("[data-mark]", root).classList.toggle("red", track.lamp === "on" && !look.isUnknown);
  setText(find("[data-name]", root), say(gettext("Track %(name)s"), { name: track.name }));
  setText(find("[data-facts]", root), factsOf(track));
  const lamp = find("[data-lampbig]", root);
  lamp.className = `lampbig ${look.isUnknown ? "unk" : track.lamp === "on" ? "" : track.lamp === "card" ? "amber" : "off"}`;
  setText(find("[data-lamp-word]", root), look.isUnknown ? `${lampWord(track)} ? ${look.age}` : lampWord(track));
  drawNowTitle(find(".ins-now", root).parentElement, track);
  drawLeft(find(".ins-now", root), track, look.now);
  setText(find("[data-viewers]", root), viewersWord(track.viewers));
}

const factsOf = (track) =>
  [track.room?.[document.documentElement.lang] ?? track.room?.ja, say(gettext("rev %(n)s"), { n: track.revision })]
    .filter(Boolean)
    .join("・");

/** The card that is up is pressed; over a talk the technical one can be lifted again. */
export function drawCards(root, track, look) {
  for (const button of findAll("[data-card]", root)) {
    const isUp = track.card === button.dataset.card;
    setAttribute(button, "aria-pressed", String(isUp));
    setAttribute(button, "aria-disabled", look.phase || isUp ? "true" : null);
    button.classList.toggle("armed", look.armedCard === button.dataset.card);
  }
}

/** Who was faster, and what the track shows now; the take button beside it names the new target. */
export function drawRefusal(box, track, refusal, log) {
  show(box, refusal !== null);
  if (!refusal) return;
  const row = log.find((entry) => entry.track_id === track.id && entry.revision > refusal.revision);
  const owner = track.duty.person?.name;
  setText(find("[data-refusal-what]", box), refusalWord(refusal.code, row, owner));
  setText(find("[data-refusal-now]", box), nowWord(track));
}

function nowWord(track) {
  const shown = shownWord({ talk: track.on_air, card: track.card });
  const title = track.on_air ? `${shown} ${track.on_air.title}` : shown;
  return say(gettext("Now on this track: %(what)s"), { what: title });
}

export const cardTarget = (card) => ({ command: "card", card, talk: null });

export const targetWord = (target) => {
  if (target.command === "card") return say(gettext("%(card)s card"), { card: cardWord(target.card) });
  if (target.command === "undo") return gettext("undo");
  return `#${target.talk.talk_id}`;
};
