// The key for the encoder: asked for when somebody wants it, shown for a minute, and for one track only.
import { find, make, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { holdToConfirm } from "./hold.js";
import { streamRefusal } from "./stream_words.js";
import { say } from "./words.js";

const SHOWN_MS = 60_000;

const inputWord = (name) => ({ studio: gettext("Studio"), backup: gettext("Backup") })[name] ?? name;

export class StreamKey {
  constructor(root, { urlOf, ask, tell }) {
    Object.assign(this, { root, urlOf, ask, tell, until: null });
    this.list = find("[data-keys-shown]", root);
    this.refusal = find("[data-key-refusal]", root);
    find("[data-key-show]", root).addEventListener("click", () => this.reveal());
    find("[data-key-hide]", root).addEventListener("click", () => this.hide());
    const renew = find("[data-key-renew]", root);
    let meant = null;
    for (const name of ["pointerdown", "keydown"]) {
      renew.addEventListener(name, (event) => event.repeat || (meant = this.track.id));
    }
    holdToConfirm(renew, find("small", renew), holdWords, () => meant === this.track.id && this.renew());
    root.addEventListener("toggle", () => root.open || this.hide());
  }

  draw(track) {
    if (this.track?.id !== track.id) this.clear();
    this.track = track;
    const stream = track.stream;
    const hasKeys = Boolean(stream?.has_keys);
    setText(find("[data-key-sum]", this.root), stream?.is_key_on_its_way && hasKeys ? gettext("a new one is on its way") : "");
    setText(find("[data-key-hint]", this.root), hintOf(stream, hasKeys));
    show(find("[data-key-show]", this.root), hasKeys && this.until === null);
    show(find("[data-key-renew]", this.root), hasKeys);
    this.drawSeconds();
  }

  drawSeconds() {
    const left = this.until === null ? 0 : Math.ceil((this.until - performance.now()) / 1000);
    if (this.until !== null && left <= 0) this.hide();
    show(find("[data-key-hide]", this.root), this.until !== null);
    setText(find("[data-key-seconds]", this.root), this.until === null ? "" : say(gettext("%(n)s s"), { n: left }));
  }

  async reveal() {
    const track = this.track;
    try {
      const { body } = await sendJson("POST", this.urlOf(track.id, "key"), { step: "show" });
      // Somebody may have selected another track meanwhile.
      if (this.track.id === track.id) this.shown(body.keys);
    } catch (error) {
      this.refused(error);
    }
    this.ask();
  }

  shown(keys) {
    this.until = performance.now() + SHOWN_MS;
    show(this.refusal, false);
    this.list.replaceChildren(...keys.map((one) => this.entry(one, keys.length > 1)));
    this.draw(this.track);
  }

  entry({ input, address, key }, isNamed) {
    const title = isNamed ? make("b", {}, inputWord(input)) : null;
    return make("div", {}, title, this.line(gettext("Address"), address), this.line(gettext("Key"), key));
  }

  line(name, text) {
    const code = make("code", {}, text);
    const button = make("button", { type: "button", class: "btn sm", "aria-label": say(gettext("Copy: %(what)s"), { what: name }) }, gettext("Copy"));
    button.addEventListener("click", () => this.copy(code));
    return make("p", { class: "strm-key" }, make("span", {}, name), code, button);
  }

  async copy(code) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      this.tell(gettext("Copied."));
    } catch {
      getSelection().selectAllChildren(code);
      this.tell(gettext("Selected: copy it with the keyboard."));
    }
  }

  hide() {
    this.clear();
    if (this.track) this.draw(this.track);
  }

  clear() {
    this.until = null;
    this.list.replaceChildren();
    show(this.refusal, false);
  }

  async renew() {
    this.hide();
    try {
      await sendJson("POST", this.urlOf(this.track.id, "key"), { step: "renew" });
      this.tell(gettext("A new key is on its way. The former one lets nobody in any more."));
    } catch (error) {
      this.refused(error);
    }
    this.ask();
  }

  refused(error) {
    const sentence = streamRefusal(error);
    setText(find("b", this.refusal), sentence);
    show(this.refusal, true);
    this.tell(sentence);
  }
}

function hintOf(stream, hasKeys) {
  if (!stream) return gettext("There is no key yet. Prepare the stream first.");
  if (!hasKeys) return gettext("A picture that comes this way needs no key.");
  return gettext("Whoever has it can put a picture on this track. That you had it shown is logged.");
}

const holdWords = (left) =>
  left === null ? gettext("hold for 1.5 seconds") : say(gettext("%(n)s seconds more"), { n: left });
