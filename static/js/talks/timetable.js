// The timetable: tracks as tabs on a phone, the red line, the badges, and the visitor's own time.
import { find, findAll, setText, show } from "../lib/dom.js";
import { followEvent, showBadges } from "../events/live_badges.js";
import { clockIn, showOwnTime } from "../events/own_time.js";
import { refreshGrid, watchGrid } from "./grid_refresh.js";

const TICK_MS = 30_000;
const ROW_SECONDS = 300;
const grid = find("[data-timetable]");
const zone = find("[data-zone]").dataset.zone;

// Tracks

function chooseTrack(id) {
  grid.dataset.show = id;
  for (const cell of findAll(".cell", grid)) cell.classList.toggle("shown", cell.dataset.track === id);
  for (const tab of findAll("[data-tab]")) {
    if (tab.dataset.tab === id) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

function pressTab(event) {
  const tab = event.target.closest("[data-tab]");
  if (!tab || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const place = document.documentElement.scrollTop;
  chooseTrack(tab.dataset.tab);
  history.replaceState(null, "", tab.href);
  document.documentElement.scrollTop = place;
}

find(".tktabs").addEventListener("click", pressTab);
if (!grid.dataset.show) chooseTrack(find("[data-tab]").dataset.tab);

// Now

function tick() {
  const now = Date.now() / 1000;
  const isNow = now >= grid.dataset.starts && now < grid.dataset.ends;
  const line = find("[data-now-line]", grid);
  if (line) {
    show(line, isNow);
    line.style.setProperty("--r", 1 + (now - grid.dataset.starts) / ROW_SECONDS);
    setText(find("span", line), clockIn(zone, now * 1000));
  }
  markStart(isNow ? now : 0);
  for (const cell of findAll(".cell", grid)) markCell(cell, now);
}

function markStart(now) {
  const slots = findAll("[data-start]", grid);
  const present = slots.filter((slot) => slot.dataset.start <= now).at(-1);
  for (const slot of slots) {
    slot.classList.toggle("now", slot === present);
    show(find(".now-at", slot), slot === present);
    setText(find(".now-at > span", slot), clockIn(zone, now * 1000));
  }
}

function markCell(cell, now) {
  const { starts, ends } = cell.dataset;
  const isOn = find("[data-live]:not([hidden]), [data-held]:not([hidden])", cell) !== null;
  cell.classList.toggle("on", isOn);
  cell.classList.toggle("past", !isOn && ends <= now);
  const part = Math.min(Math.max((now - starts) / (ends - starts), 0), 1);
  cell.dataset.p = Math.round(part * 100);
}

/** Once, on arrival, and only if the visitor has not gone anywhere yet. */
function goToNow() {
  if (location.hash || scrollY > 0) return;
  const target = findAll("[data-now-line], .slot.now", grid).find((element) => element.getClientRects().length > 0);
  if (!target) return;
  const place = target.getBoundingClientRect().top + scrollY - innerHeight * 0.3;
  if (place > innerHeight * 0.4) scrollTo({ top: place, behavior: "instant" });
}

showOwnTime(zone, ".hr time, .slot-h time, .gap time");
tick();
goToNow();
setInterval(tick, TICK_MS);

let onAir = null;

function showOnAir(state) {
  onAir = state;
  showBadges(state, grid);
  tick();
}

/** Another grid stands there: it is dressed as the first one was. */
function dress() {
  chooseTrack(grid.dataset.show);
  showOwnTime(zone, ".hr time, .slot-h time, .gap time");
  if (onAir) showOnAir(onAir);
  document.dispatchEvent(new CustomEvent("dreamkast:redrawn"));
}

if (grid.dataset.phase === "open") followEvent(grid.dataset.event, showOnAir, refreshGrid(grid, dress));
if (grid.dataset.phase === "before") watchGrid(grid, dress);
