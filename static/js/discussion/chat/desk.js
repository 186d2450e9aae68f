// The moderators' page. It asks for the whole desk now and then and after each act, and draws what differs.
import { embedded, find, findAll, make, setText, show } from "../../lib/dom.js";
import { getJson, sendJson } from "../../lib/http.js";
import { askFor } from "./actions.js";
import { drawRooms } from "./desk_rooms.js";
import { DRAWN } from "./desk_rows.js";
import { refusalOf, timeIn } from "./words.js";

const EVERY_MS = 4_000;
const SILENCE_MINUTES = 10;

class Desk {
  constructor(script) {
    this.base = `/api/v1/events/${script.dataset.event}`;
    this.time = timeIn(script.dataset.zone);
    this.state = embedded("chat-desk");
    this.drawn = new Map();
    document.addEventListener("click", (event) => this.clicked(event));
    find("[data-desk-switch]").addEventListener("change", (event) => this.switchChat(event.target));
    this.draw();
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), EVERY_MS * (0.8 + 0.4 * Math.random()));
  }

  async ask() {
    try {
      this.state = (await getJson(`${this.base}/chat`)).body;
      setText(find("[data-desk-state]"), "");
      this.draw();
    } catch {
      setText(find("[data-desk-state]"), gettext("No connection. What is shown may be old."));
    }
    this.later();
  }

  // Drawing

  draw() {
    for (const list of findAll("[data-list]")) this.drawList(list, list.dataset.list);
    const toggle = find("[data-desk-switch]");
    toggle.checked = this.state.is_on;
    toggle.disabled = !this.state.may_switch;
    drawRooms(find("[data-rooms]"), this.state.rooms, (room, change) => this.changeRoom(room, change));
  }

  /** A list that somebody is writing in is left alone until they are done. */
  drawList(list, name) {
    const rows = this.state[name];
    const text = JSON.stringify(rows);
    setText(find(`[data-count=${name}]`), rows.length ? String(rows.length) : "");
    if (this.drawn.get(name) === text || find("form", list)) return;
    this.drawn.set(name, text);
    const empty = make("li", { class: "desk-none" }, gettext("Nothing"));
    list.replaceChildren(...(rows.length ? rows.map((row) => DRAWN[name](row, this.time)) : [empty]));
  }

  // Acts

  clicked(event) {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    const row = button.closest("[data-row]");
    const { track, member } = row.dataset;
    const step = button.dataset.do;
    if (step === "lift") this.send("DELETE", `/chat/silences/${row.dataset.row}`);
    else if (step === "silence" || step === "ban") this.askReason(row, step, Number(member));
    else this.send("POST", `/tracks/${track}/messages/${row.dataset.row}/moderation`, { step });
  }

  askReason(row, step, member) {
    const close = () => {
      form.remove();
      show(find(".chat-buttons", row), true);
    };
    const minutes = step === "ban" ? null : SILENCE_MINUTES;
    const submit = async (reason) => {
      if (await this.send("POST", "/chat/silences", { member, minutes, reason })) close();
    };
    const form = askFor(step, { submit, cancel: close });
    show(find(".chat-buttons", row), false);
    row.append(form);
    find("textarea", form).focus();
  }

  switchChat(toggle) {
    this.send("PATCH", "/chat", { is_on: toggle.checked });
  }

  changeRoom(room, change) {
    this.send("PATCH", `/tracks/${room.track_id}/chat`, change);
  }

  async send(method, path, body) {
    const refusal = find("[data-desk-refusal]");
    try {
      await sendJson(method, this.base + path, body);
      show(refusal, false);
    } catch (error) {
      setText(refusal, refusalOf(error));
      show(refusal, true);
      this.drawn.clear();
      this.draw();
      return false;
    }
    await this.ask();
    return true;
  }
}

new Desk(find("#chat-desk-app"));
