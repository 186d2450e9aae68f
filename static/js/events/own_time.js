// The visitor's own zone beside the conference's, only where the two clocks differ.
import { find, findAll, make } from "../lib/dom.js";

const language = () => document.documentElement.lang || "en";

export function clockIn(zone, moment) {
  const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
  return new Intl.DateTimeFormat(language(), parts).format(new Date(moment));
}

function shortZone(zone, moment) {
  const parts = new Intl.DateTimeFormat(language(), { timeZone: zone, timeZoneName: "short" }).formatToParts(moment);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

function differs(zone, own, moment) {
  const full = (timeZone) => new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short", timeStyle: "short" });
  return full(zone).format(moment) !== full(own).format(moment);
}

/** Fills [data-own-zone] and puts a second time under each <time> of `selector`. */
export function showOwnTime(zone, selector, own = Intl.DateTimeFormat().resolvedOptions().timeZone) {
  const label = find("[data-own-zone]");
  const now = new Date();
  if (!differs(zone, own, now)) {
    if (label) label.textContent = gettext("Your device shows the same time");
    return;
  }
  if (label) {
    label.textContent = interpolate(gettext("Your time (%s) stands below"), [shortZone(own, now)]);
    label.dataset.differs = "";
  }
  for (const time of findAll(selector)) {
    time.append(make("span", { class: "tt-local" }, clockIn(own, new Date(time.dateTime))));
  }
}
