// The selected track's stream: what is wished and seen, what is wrong, and the buttons. Stop and delete are held.
import { find, findAll, make, setAttribute, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { AllStreams } from "./all_streams.js";
import { GatewayForm } from "./gateway_form.js";
import { holdToConfirm } from "./hold.js";
import { StreamKey } from "./stream_key.js";
import { SIGNS, endsWord, lineOf, markOf, partWord, partsWord, rawOf, shortId, stepWord, stepsOf, streamRefusal, troubleOf } from "./stream_words.js";
import { ageWord, pathOf, say } from "./words.js";

export class StreamPanel {
  /** `urlOf(trackId, what)`, `base` of the console, `ask()` for the state, `tell(text)` politely, `words` by kind. */
  constructor(root, { urlOf, base, ask, tell, words }) {
    Object.assign(this, { root, urlOf, ask, tell, words });
    this.refusal = find("[data-stream-refusal]", root);
    this.key = new StreamKey(find("[data-stream-key]", root), { urlOf, ask, tell });
    this.way = new GatewayForm(find("[data-stream-way]", root), { urlOf, ask, tell, words });
    this.all = new AllStreams(find("[data-all-streams]", root), { base, ask });
    for (const button of findAll("[data-stream-step]", root)) {
      button.addEventListener("click", () => this.step(button.dataset.streamStep, this.track));
    }
    for (const button of findAll("[data-stream-hold]", root)) this.startHold(button);
  }

  /** What is held belongs to the track on which the finger went down: another one by now is not meant. */
  startHold(button) {
    let meant = null;
    for (const name of ["pointerdown", "keydown"]) {
      button.addEventListener(name, (event) => event.repeat || (meant = this.track.id));
    }
    holdToConfirm(button, find("small", button), holdWords, () => {
      if (meant === this.track.id && !button.hidden) this.step(button.dataset.streamHold, this.track);
    });
  }

  draw(track, look, cost) {
    if (this.track?.id !== track.id) show(this.refusal, false);
    this.track = track;
    const stream = track.stream;
    this.drawLamp(stream, look);
    const seen = stream?.observed_at ? (look.now - Date.parse(stream.observed_at)) / 1000 : 0;
    setText(find("[data-stream-line]", this.root), lineOf(stream, this.words, ageWord(Math.max(0, Math.floor(seen)))));
    this.drawTrouble(stream, look);
    this.drawSteps(stream, look);
    this.drawParts(stream, look);
    this.key.draw(track);
    this.way.draw(track);
    this.all.draw(cost);
  }

  drawLamp(stream, look) {
    const [known, mark, word] = pathOf(stream);
    const lamp = find("[data-stream-lamp]", this.root);
    lamp.className = `lp ${look.isUnknown ? "unk" : known}`;
    setText(find("i", lamp), look.isUnknown ? "?" : mark);
    setText(find("[data-stream-word]", lamp), word);
  }

  drawTrouble(stream, look) {
    const box = find("[data-stream-fault]", this.root);
    const trouble = stream ? troubleOf(stream, look.clockSeconds(stream.look_at)) : null;
    show(box, trouble !== null);
    box.classList.toggle("bad", stream?.observed === "failed");
    if (!trouble) return;
    setText(find("[data-fault-what]", box), trouble.what);
    setText(find("[data-fault-do]", box), trouble.todo);
    setText(find("[data-fault-raw]", box), trouble.raw);
  }

  drawSteps(stream, look) {
    const steps = stepsOf(stream);
    for (const button of findAll("[data-stream-step]", this.root)) show(button, steps[button.dataset.streamStep]);
    for (const button of findAll("[data-stream-hold]", this.root)) show(button, steps[button.dataset.streamHold]);
    show(find("[data-stream-acts]", this.root), steps.prepare || steps.start || steps.look || steps.keep_running);
    const ends = find("[data-stream-ends]", this.root);
    show(ends, steps.keep_running);
    if (!steps.keep_running) return;
    setText(ends, endsWord(stream.watched, look.clockTime(stream.watched.stops_at)));
    ends.classList.toggle("soon", stream.watched.is_stopping_soon);
  }

  drawParts(stream, look) {
    const parts = stream?.parts ?? [];
    setText(find("[data-parts-sum]", this.root), stream ? partsWord(parts) : "");
    const looked = { at: look.clockSeconds(stream?.observed_at ?? 0), next: look.clockSeconds(stream?.look_at ?? 0) };
    const line = stream?.observed_at ? say(gettext("Looked at %(at)s, again at %(next)s."), looked) : "";
    setText(find("[data-stream-looked]", this.root), line);
    const drawn = JSON.stringify([parts, stream?.log]);
    if (this.drawn === drawn) return;
    this.drawn = drawn;
    find("[data-parts]", this.root).replaceChildren(...parts.map((part) => partRow(part, this.words)));
    find("[data-steps]", this.root).replaceChildren(...(stream?.log ?? []).map((row) => stepRow(row, this.words, look)));
  }

  async step(step, track) {
    const buttons = findAll("[data-stream-step]", this.root);
    for (const button of buttons) button.disabled = true;
    try {
      await sendJson("POST", this.urlOf(track.id, "stream"), { step });
      show(this.refusal, false);
      this.tell(say(gettext("Track %(name)s: it was asked for."), { name: track.name }));
    } catch (error) {
      this.refused(streamRefusal(error));
    }
    for (const button of buttons) button.disabled = false;
    this.ask();
  }

  refused(sentence) {
    setText(find("b", this.refusal), sentence);
    show(this.refusal, true);
    this.tell(sentence);
  }
}

export const holdWords = (left) =>
  left === null ? gettext("hold for 1.5 seconds") : say(gettext("%(n)s seconds more"), { n: left });

function partRow(part, words) {
  const mark = markOf(part);
  const sign = make("i", { class: `mk ${mark}`, "aria-hidden": "true" }, SIGNS[mark]);
  const seen = make("small", {}, partWord(part, words));
  const id = part.external_id ? make("code", { lang: "en", title: part.external_id }, shortId(part.external_id)) : null;
  return make("li", {}, sign, make("span", {}, words.part[part.part] ?? part.part, id), seen);
}

function stepRow(row, words, look) {
  const item = make("li", { class: ["failed", "put_off"].includes(row.what) ? "bad" : null });
  const time = make("time", { datetime: row.at }, look.clockSeconds(row.at));
  const said = make("span", {}, [row.who, stepWord(row, words)].filter(Boolean).join("・"));
  const raw = rawOf(row.detail, row.request_id);
  if (raw) said.append(make("small", { lang: "en" }, raw));
  item.append(time, said);
  return item;
}

/** Alarm bar: streams that run although no talk is near. */
export function drawForgotten(box, state, onShow) {
  const forgotten = state.tracks.filter((track) => track.stream?.watched?.is_forgotten);
  show(box, forgotten.length > 0);
  if (!forgotten.length) return;
  const names = forgotten.map((track) => track.name).join(", ");
  setText(find("[data-forgotten-what]", box), say(gettext("Running outside the hours of the event: track %(names)s"), { names }));
  const so = say(gettext("All that runs costs US$%(n)s an hour. Stop what nobody needs."), { n: state.cost.an_hour });
  setText(find("[data-forgotten-so]", box), so);
  const button = find("button", box);
  setAttribute(button, "data-track-id", forgotten[0].id);
  button.onclick = () => onShow(forgotten[0].id);
}
