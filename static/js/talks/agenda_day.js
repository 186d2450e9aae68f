// My day: badges, the time left until the next talk, seats, removing, and the copied address.
import { find, findAll, setText } from "../lib/dom.js";
import { followEvent, showBadges } from "../events/live_badges.js";
import { AgendaStore } from "./agenda_store.js";
import { askToReplace, say } from "./agenda_words.js";

const TICK_MS = 1000;
const day = find("[data-agenda]");
const store = new AgendaStore(day.dataset.agenda);
const failed = () => say(gettext("That could not be saved. Check the connection and try again."));

// Chosen before signing in: the page was drawn without it.
const ready = store.load().then(() => store.merged && location.reload());
ready.catch(() => {});

if (day.dataset.phase === "open") followEvent(store.event, (state) => showBadges(state, day));

// Time left

const two = (number) => String(number).padStart(2, "0");

function left(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

function tick(place) {
  const seconds = place.dataset.countdown - Math.floor(Date.now() / 1000);
  const isOn = seconds <= 0;
  setText(find("[data-when]", place), isOn ? gettext("Now") : gettext("Next"));
  setText(find("[data-left]", place), isOn || seconds >= 86_400 ? "" : left(seconds));
}

const countdown = find("[data-countdown]");
if (countdown) {
  tick(countdown);
  setInterval(tick, TICK_MS, countdown);
}

// Seats and removing

async function takeSeat(button, wish = {}) {
  try {
    await store.add(Number(button.dataset.seat), wish);
    location.reload();
  } catch (error) {
    const { code, overlaps } = error.body ?? {};
    if (code === "sold_out") return say(gettext("No seat is left. Try again later: seats become free."));
    if (code !== "overlaps") return failed();
    if (await askToReplace(button.dataset.title, overlaps)) await takeSeat(button, { replace: overlaps.map((talk) => talk.id) });
  }
}

day.addEventListener("click", async ({ target }) => {
  const seat = target.closest("[data-seat]");
  const remove = target.closest("[data-remove]");
  if (seat) await ready.then(() => takeSeat(seat), failed);
  if (remove) await ready.then(() => store.remove(Number(remove.dataset.remove))).then(() => location.reload(), failed);
});

// The address

for (const button of findAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    setText(button, gettext("Copied"));
  });
}
