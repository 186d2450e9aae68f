// The monitor wall. The state is asked every two seconds over HTTP, so that it also works while nothing can be pushed.
import { createClock } from "../../lib/clock.js";
import { embedded, find, findAll, isPlainKey, isTyping, setText, show } from "../../lib/dom.js";
import { startLanguageSwitch } from "../../shell/language_switch.js";
import { zoneClock } from "../console/clock.js";
import { drawClock, drawNextChange, drawSums } from "./head.js";
import { worstOf } from "./levels.js";
import { Links } from "./links.js";
import { Meters } from "./meters.js";
import { Tile } from "./tile.js";
import { say } from "./words.js";

const [POLL_MS, PATIENCE_MS, OLD_MS] = [2_000, 5_000, 10_000];
const [LISTEN_MS, DRAW_MS, WATCH_MS] = [100, 250, 1_000];

class Wall {
  constructor({ event, zone }) {
    this.base = `/${event}/console/wall`;
    this.state = embedded("wall-state");
    this.clock = createClock();
    this.clock.heard(this.state.server_time);
    this.zone = zoneClock(zone);
    this.zoneName = zone;
    this.answeredAt = performance.now();
    this.press = find("[data-press]");
    this.meters = new Meters(() => this.drawPress());
    const workerPath = new URL(find("[data-wall]").dataset.worker, location.href).href;
    this.tiles = new Map(findAll("[data-track]").map((root) => [Number(root.dataset.track), new Tile(root, { workerPath, meters: this.meters })]));
  }

  start() {
    this.follow();
    this.startButtons();
    const tiles = [...this.tiles.values()];
    this.timers = [
      setInterval(() => tiles.forEach((tile) => tile.listen()), LISTEN_MS),
      setInterval(() => tiles.forEach((tile) => tile.watch(this.clock.now())), WATCH_MS),
      setInterval(() => this.draw(), DRAW_MS),
      setInterval(() => this.ask(), POLL_MS),
    ];
    this.draw();
  }

  startButtons() {
    this.press.addEventListener("click", () => this.meters.resume());
    find("[data-full-screen]").addEventListener("click", () => toggleFullScreen());
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "f" && isPlainKey(event) && !isTyping(event)) toggleFullScreen();
    });
    for (const form of findAll("[data-language-switch]")) startLanguageSwitch(form);
    const dialog = find("[data-links]");
    if (!dialog) return;
    const links = new Links(dialog, { base: `${this.base}/links`, day: (moment) => this.day(moment) });
    find("[data-open-links]").addEventListener("click", () => links.open());
  }

  day(moment) {
    const { lang } = document.documentElement;
    return new Intl.DateTimeFormat(lang, { timeZone: this.zoneName, dateStyle: "medium", timeStyle: "short" }).format(new Date(moment));
  }

  // What is known

  async ask() {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      const headers = this.etag ? { "If-None-Match": this.etag } : {};
      await this.answered(await fetch(`${this.base}/state`, { headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) }));
    } catch {
      // It looks unknown by itself when nothing has come for a while.
    }
    this.isAsking = false;
  }

  async answered(response) {
    if ([401, 403, 404].includes(response.status)) return this.end();
    if (!response.ok && response.status !== 304) return;
    this.clock.heardFrom(response);
    this.answeredAt = performance.now();
    if (response.status === 304) return;
    this.etag = response.headers.get("ETag");
    this.state = await response.json();
    this.clock.heard(this.state.server_time);
    this.follow();
  }

  /** Tracks that were added or taken away: the page is made anew. */
  follow() {
    const { tracks } = this.state;
    if (tracks.length !== this.tiles.size || tracks.some(({ id }) => !this.tiles.has(id))) return location.reload();
    for (const track of tracks) this.tiles.get(track.id).follow(track);
  }

  /** The link was ended, or one is no longer signed in: nothing more is shown or asked. */
  end() {
    this.isEnded = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const tile of this.tiles.values()) tile.stop();
    find("[data-wall]").remove();
    this.press.hidden = true;
    show(find("[data-next-change]"), false);
    for (const sum of findAll("[data-sum]")) setText(sum, "–");
    this.say(gettext("This wall was closed: the link has ended, or you are signed out."));
  }

  // How it looks

  draw() {
    const now = this.clock.now();
    const silent = performance.now() - this.answeredAt;
    const look = { now, isUnknown: silent > OLD_MS, clockTime: this.zone.time };
    for (const tile of this.tiles.values()) tile.draw(look);
    const levels = look.isUnknown ? [] : [...this.tiles.values()].map(({ flags }) => worstOf(flags));
    drawSums(this.state, levels, look.isUnknown);
    drawNextChange(this.state, now, this.zone.time);
    drawClock(this.zone.seconds(now));
    this.drawAge(look.isUnknown, silent);
    this.drawPress();
  }

  drawAge(isUnknown, silent) {
    const seconds = Math.floor(silent / 1000);
    if (isUnknown) this.say(say(gettext("The server does not answer. What you see is %(n)s s old."), { n: seconds }));
    else show(find("[data-old]"), false);
  }

  say(text) {
    setText(find("[data-old]"), text);
    show(find("[data-old]"), true);
  }

  drawPress() {
    show(this.press, this.meters.needsTouch && this.tiles.size > 0 && !this.isEnded);
  }
}

function toggleFullScreen() {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  done?.catch(() => {});
}

const app = document.getElementById("wall-app");
new Wall(app.dataset).start();
