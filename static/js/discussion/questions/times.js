// When something was asked or answered: the time in the event's zone, with the day when it was not today.
export function timesIn(zone) {
  const language = document.documentElement.lang || "ja";
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
  const today = new Intl.DateTimeFormat(language, clock);
  const earlier = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", ...clock });
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone });

  return {
    time(moment, now = new Date()) {
      const at = new Date(moment);
      return (day.format(at) === day.format(now) ? today : earlier).format(at);
    },
  };
}
