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

const dayIn = (timeZone, moment) => new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(moment);

function differs(zone, own, moment) {
  return dayIn(zone, moment) !== dayIn(own, moment) || clockIn(zone, moment) !== clockIn(own, moment);
}

/** The time by the visitor's clock, with the day when it is another one than at the conference. */
export function ownClock(zone, own, moment) {
  const clock = clockIn(own, moment);
  if (dayIn(zone, moment) === dayIn(own, moment)) return clock;
  const day = new Intl.DateTimeFormat(language(), { month: "short", day: "numeric", timeZone: own }).format(moment);
  return `${day} ${clock}`;
}

/** Fills [data-own-zone] and puts a second time under each <time> of `selector`; again and again if need be.
 *  The zones are compared at each moment itself: clocks that agree today may differ on the day of the talk. */
export function showOwnTime(zone, selector, own = Intl.DateTimeFormat().resolvedOptions().timeZone) {
  const times = findAll(selector).map((element) => [element, new Date(element.dateTime)]);
  const others = times.filter(([, moment]) => differs(zone, own, moment));
  for (const [element] of times) find(".tt-local", element)?.remove();
  for (const [element, moment] of others) {
    element.append(make("span", { class: "tt-local" }, named(ownClock(zone, own, moment), own, moment)));
  }
  nameZone(own, others[0]?.[1], times.length > 0);
}

/** Where no line of the page names the zone, each time does. */
function named(clock, own, moment) {
  return find("[data-own-zone]") ? clock : `${clock} ${shortZone(own, moment)}`;
}

function nameZone(own, moment, isKnown) {
  const label = find("[data-own-zone]");
  if (!label || !isKnown) return;
  label.toggleAttribute("data-differs", moment !== undefined);
  label.textContent = moment
    ? interpolate(gettext("Your time (%s) stands below"), [shortZone(own, moment)])
    : gettext("Your device shows the same time");
}
