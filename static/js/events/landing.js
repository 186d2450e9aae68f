// The landing page: the strip's red line, the list of what is on air, and the bars of the day.
import { find, findAll, setText, show } from "../lib/dom.js";
import { followEvent, talksOnAir } from "./live_badges.js";
import { showOnAir, tickOnAir } from "./on_air_list.js";
import { clockIn } from "./own_time.js";

const TICK_MS = 30_000;
const strip = find("[data-strip]");
const list = find("[data-on-air]");
let onAir = null;

function moveLine(now) {
  const line = strip && find("[data-strip-now]", strip);
  if (!line) return;
  const { starts, ends } = strip.dataset;
  const part = (now / 1000 - starts) / (ends - starts);
  show(line, part >= 0 && part < 1);
  line.setAttribute("x", `${Math.min(Math.max(part, 0), 1) * 100}%`);
  setText(find("text", line), clockIn(strip.dataset.zone, now));
  hideHoursUnder(find("rect", line).getBoundingClientRect());
}

/** The label of now stands in the row of the hours: the one below it gives way. */
function hideHoursUnder(label) {
  for (const hour of findAll(".st-axis g", strip)) {
    const { left, right } = find("text", hour).getBoundingClientRect();
    hour.classList.toggle("under", left < label.right + 4 && right > label.left - 4);
  }
}

function markBars(now) {
  for (const bar of strip ? findAll("[data-bar]", strip) : []) {
    const id = Number(bar.dataset.bar);
    const isOn = onAir ? onAir.live.has(id) || onAir.held.has(id) : bar.classList.contains("on");
    bar.classList.toggle("on", isOn);
    bar.classList.toggle("past", !isOn && bar.dataset.ends * 1000 <= now);
  }
}

function countLive() {
  const count = strip && find("[data-live-count]", strip);
  if (!count || !onAir) return;
  show(count, onAir.live.size > 0);
  setText(find("span", count), String(onAir.live.size));
}

function tick() {
  const now = Date.now();
  moveLine(now);
  markBars(now);
  if (list) tickOnAir(list, now);
}

tick();
setInterval(tick, TICK_MS);
if (list) {
  followEvent(list.dataset.onAir, (state) => {
    onAir = talksOnAir(state);
    showOnAir(list, state);
    countLive();
    tick();
  });
}
