// Times in the event's zone, and how old is what the page shows.
export function zoneClock(zone) {
  const lines = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const exact = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  return {
    time: (moment) => (moment ? lines.format(new Date(moment)) : ""),
    seconds: (moment) => exact.format(new Date(moment)),
  };
}
