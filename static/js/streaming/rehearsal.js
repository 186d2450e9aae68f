// The clock of the rehearsed programme goes on from what the server said, whatever this device believes.
const clock = document.querySelector("[data-clock]");

if (clock) {
  const said = Number(clock.dataset.clock);
  const begun = performance.now();
  const words = new Intl.DateTimeFormat("en-GB", {
    timeZone: clock.dataset.zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  setInterval(() => {
    clock.textContent = words.format(new Date(said + performance.now() - begun));
  }, 250);
}
