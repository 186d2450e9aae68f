// Hold to confirm: 1.5 seconds by pointer or by holding Enter; letting go empties it at once.
const HOLD_MS = 1_500;

export function holdToConfirm(button, words, whatItSays, onHeld) {
  let startedAt = null;
  let timer = null;

  const draw = () => {
    const left = startedAt === null ? HOLD_MS : Math.max(0, HOLD_MS - (performance.now() - startedAt));
    words.textContent = whatItSays(startedAt === null ? null : (left / 1000).toFixed(1));
    if (startedAt !== null && left === 0) finish();
    else if (startedAt !== null) timer = requestAnimationFrame(draw);
  };
  const start = () => {
    if (startedAt !== null) return;
    startedAt = performance.now();
    button.classList.add("holding");
    draw();
  };
  const stop = () => {
    if (startedAt === null) return;
    startedAt = null;
    cancelAnimationFrame(timer);
    button.classList.remove("holding");
    draw();
  };
  const finish = () => {
    stop();
    onHeld();
  };

  button.addEventListener("pointerdown", (event) => event.button === 0 && start());
  for (const name of ["pointerup", "pointerleave", "pointercancel", "blur"]) button.addEventListener(name, stop);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    // A key that is still down after the end of a hold begins no second one.
    if (!event.repeat) start();
  });
  button.addEventListener("keyup", (event) => event.key === "Enter" && stop());
  draw();
}
