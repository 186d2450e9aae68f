// Where the selected track's picture comes from. A text being written keeps its track.
import { find, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { streamRefusal } from "./stream_words.js";

export class GatewayForm {
  constructor(root, { urlOf, ask, tell, words }) {
    Object.assign(this, { root, urlOf, ask, tell, words });
    this.form = find("[data-gateway-form]", root);
    this.refusal = find("[data-gateway-refusal]", root);
    this.form.addEventListener("submit", (event) => this.send(event));
    this.form.addEventListener("input", () => this.edited());
    find("[data-gateway-reset]", root).addEventListener("click", () => this.discard());
  }

  draw(track) {
    const isOther = this.track?.id !== track.id;
    this.track = track;
    const { gateway, source_url } = this.known();
    setText(find("[data-way-sum]", this.root), track.stream ? (this.words.gateway[gateway] ?? gateway) : "");
    if (isOther) this.discard();
    else if (!this.isEdited) this.fill(gateway, source_url);
  }

  known() {
    return this.track.stream ?? { gateway: this.form.dataset.gateway || "local", source_url: "" };
  }

  fill(gateway, address) {
    const { elements } = this.form;
    if (elements.gateway.value !== gateway) elements.gateway.value = gateway;
    if (elements.source_url.value !== address) elements.source_url.value = address;
    this.drawAddress();
  }

  drawAddress() {
    show(find("[data-address]", this.root), this.form.elements.gateway.value === "embed");
  }

  edited() {
    this.isEdited = true;
    this.drawAddress();
  }

  discard() {
    this.isEdited = false;
    this.mark(null);
    const { gateway, source_url } = this.known();
    this.fill(gateway, source_url);
  }

  async send(event) {
    event.preventDefault();
    const { gateway, source_url } = this.form.elements;
    try {
      await sendJson("POST", this.urlOf(this.track.id, "gateway"), { gateway: gateway.value, source_url: source_url.value.trim() });
      this.isEdited = false;
      this.mark(null);
      this.tell(gettext("Changed where the picture comes from."));
    } catch (error) {
      this.mark(error);
    }
    this.ask();
  }

  /** What was written stays in the field. */
  mark(error) {
    const isAddress = error?.body?.code === "address";
    show(this.refusal, error !== null);
    if (error) setText(find("b", this.refusal), streamRefusal(error));
    if (error) this.tell(streamRefusal(error));
    this.form.elements.source_url.setAttribute("aria-invalid", String(isAddress));
    if (isAddress) this.form.elements.source_url.focus();
  }
}
