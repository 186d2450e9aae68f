// How the selected track's picture arrives, as the service says: a word, a sign and a sentence; its alerts; and the
// switch that lets the technical card cover a loss by itself.
import { find, make, setAttribute, setText, show } from "../../lib/dom.js";
import { sendJson } from "../../lib/http.js";
import { secondsUntil } from "./state.js";
import { pathOf, refusalWord, say } from "./words.js";

/** [class, sign, word]: the shape and the sign say it too, not only the colour. */
export function healthLamp({ condition }) {
  const lamps = {
    healthy: ["ok", "", gettext("healthy")],
    warned: ["warn", "!", gettext("warnings")],
    starving: ["warn", "!", gettext("starving")],
    no_picture: ["bad", "×", gettext("no picture")],
    elsewhere: ["unk", "?", gettext("not watched")],
    off: ["unk", "–", pgettext("picture", "off")],
    unknown: ["unk", "?", gettext("unknown")],
  };
  return lamps[condition] ?? lamps.unknown;
}

/** The lamp of a whole track: as long as its stream runs, its health is what matters. */
export function pathLamp({ stream, health }) {
  const runs = stream?.observed === "running" && health && !["off", "elsewhere"].includes(health.condition);
  return runs ? healthLamp(health) : pathOf(stream);
}

/** One sentence about it. `now` is the clock's. */
export function healthLine(health, now) {
  const lines = {
    healthy: gettext("The service gets a picture and passes it on."),
    warned: gettext("The picture arrives, and the service warns:"),
    starving: gettext("Less arrives than should: viewers see it stop and go. Look at the encoder and its line."),
    no_picture: gettext("No picture arrives. Look at the encoder and its line."),
    elsewhere: gettext("The picture comes from elsewhere; nobody here can tell how it is."),
    off: gettext("The stream is not running."),
    unknown: unknownLine(health, now),
  };
  return lines[health.condition] ?? lines.unknown;
}

function unknownLine({ seen_at }, now) {
  const age = secondsUntil(seen_at, now);
  if (age === null) return gettext("Nothing has been heard of it yet.");
  const past = Math.max(-age, 0);
  return say(ngettext("Last heard of %(n)s second ago.", "Last heard of %(n)s seconds ago.", past), { n: past });
}

/** Why something is not known, or not all of it. */
export function troubleLine({ error, fault, fault_subject }) {
  if (!error) return "";
  if (fault === "permission") return say(gettext("The permission %(name)s is missing."), { name: fault_subject });
  return say(gettext("The service answered: %(error)s"), { error });
}

export function serviceViewers({ viewers }) {
  if (viewers === null) return "";
  return say(ngettext("%(n)s viewer by the service", "%(n)s viewers by the service", viewers), { n: viewers.toLocaleString() });
}

/** What the automatic slate does now, or would do. */
export function slateLine({ health, on_air, card }) {
  const { is_automatic, is_up, lost_since } = health.slate;
  if (!is_automatic && is_up) return gettext("Its card is up, and stays until somebody lifts it.");
  if (!is_automatic) return gettext("Off: when the picture is lost, nothing happens by itself.");
  if (is_up) return gettext("Its card is up. It is lifted when the picture has been back for some seconds.");
  if (lost_since && on_air && !card) return gettext("Somebody acted in this loss: it leaves the rest of it to you.");
  return gettext("When the picture is lost during a talk, the technical card covers it until the picture is back.");
}

export class Health {
  /** `urlOf(trackId, "health")`, `ask()` for the state, `tell(text)` says a line politely. */
  constructor(root, { urlOf, ask, tell }) {
    Object.assign(this, { root, urlOf, ask, tell });
    this.toggle = find("[data-slate]", root);
    this.toggle.addEventListener("change", () => this.press());
  }

  draw(track, look) {
    this.track = track;
    show(this.root, Boolean(track.health));
    if (!track.health) return;
    this.drawLamp(track.health, look);
    setText(find("[data-health-line]", this.root), healthLine(track.health, look.now));
    const trouble = find("[data-health-trouble]", this.root);
    setText(trouble, troubleLine(track.health));
    show(trouble, trouble.textContent !== "");
    setText(find("[data-health-viewers]", this.root), serviceViewers(track.health));
    this.drawAlerts(track.health.alerts, look);
    if (!this.toggle.disabled) this.toggle.checked = track.health.slate.is_automatic;
    setText(find("[data-slate-line]", this.root), slateLine(track));
  }

  drawLamp(health, look) {
    const [known, mark, word] = healthLamp(health);
    const [level, sign] = look.isUnknown ? ["unk", "?"] : [known, mark];
    const lamp = find("[data-health-lamp]", this.root);
    lamp.className = `lp ${level}`;
    setText(find("i", lamp), sign);
    setText(find("[data-health-word]", this.root), look.isUnknown ? `${word} ? ${look.age}` : word);
  }

  drawAlerts(alerts, { clockSeconds }) {
    const list = find("[data-health-alerts]", this.root);
    show(list, alerts.length > 0);
    const drawn = JSON.stringify(alerts);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    list.replaceChildren(...alerts.map((alert) => alertRow(alert, clockSeconds)));
  }

  async press() {
    this.toggle.disabled = true;
    const step = this.toggle.checked ? "slate_on" : "slate_off";
    try {
      await sendJson("POST", this.urlOf(this.track.id, "health"), { step });
    } catch (error) {
      setAttribute(this.toggle, "checked", null);
      this.tell(error.body?.code ? refusalWord(error.body.code, null, null) : gettext("That did not reach the server."));
    }
    this.toggle.disabled = false;
    this.ask();
  }
}

/** In the service's own words. */
function alertRow({ kind, message, since }, clockSeconds) {
  const time = since ? make("time", { datetime: since }, clockSeconds(since)) : null;
  return make("li", { lang: "en" }, time, make("b", {}, kind), message && message !== kind ? make("span", {}, message) : null);
}
