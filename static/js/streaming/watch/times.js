// Times in the event's zone, with the visitor's own beside them when the two differ.
const language = () => document.documentElement.lang || "ja";

export function timesIn(zone) {
  const clock = new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
  const ownClock = new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat(language(), { month: "short", day: "numeric", weekday: "short", timeZone: zone });
  const key = new Intl.DateTimeFormat("en-CA", { timeZone: zone });

  return {
    time: (moment) => clock.format(new Date(moment)),
    span: (from, to) => `${clock.format(new Date(from))}–${clock.format(new Date(to))}`,
    day: (moment) => day.format(new Date(moment)),
    dayKey: (moment) => key.format(new Date(moment)),
    /** The visitor's own time, or null when it reads the same. */
    ownTime(moment) {
      const own = ownClock.format(new Date(moment));
      return own === clock.format(new Date(moment)) ? null : own;
    },
  };
}
