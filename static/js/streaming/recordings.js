// The page of recordings: edges by seconds, a small player for them, and a fresh look while something is cut.
import { find, findAll, show } from "../lib/dom.js";
import { startLanguageSwitch } from "../shell/language_switch.js";
import { moved } from "./edge_times.js";
import { VideoPlayer } from "./video_player.js";

const REFRESH_MS = 5_000;
const END_SECONDS = 15;

function startEdge(edge) {
  const field = find("input", edge);
  const move = (seconds) => {
    const time = moved(field.value, seconds);
    if (time !== null) field.value = time;
  };
  for (const button of findAll("[data-move]", edge)) {
    button.addEventListener("click", () => move(Number(button.dataset.move)));
  }
  field.addEventListener("keydown", (press) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[press.key];
    if (step === undefined) return;
    press.preventDefault();
    move(press.shiftKey ? step * 5 : step);
  });
}

function startPlayer(card, workerPath) {
  const box = find("[data-player]", card);
  const video = find("video", box);
  const trouble = find("[data-trouble]", box);
  const player = new VideoPlayer(video, { workerPath, onTrouble: () => show(trouble, true) });
  for (const button of findAll("[data-play]", card)) {
    button.addEventListener("click", () => {
      show(box, true);
      show(trouble, false);
      player.play(button.dataset.play);
    });
  }
  find("[data-to=start]", box).addEventListener("click", () => player.seek(0));
  find("[data-to=end]", box).addEventListener("click", () => player.seek(-END_SECONDS));
}

/** While a job is at work the page is asked anew, unless somebody is at work on it too. */
function refreshWhenIdle() {
  const isIdle = !document.activeElement?.closest("form") && !document.querySelector("[data-player]:not([hidden])");
  if (isIdle && !document.hidden) location.replace(location.pathname + location.hash);
  else setTimeout(refreshWhenIdle, REFRESH_MS);
}

const list = find("[data-recordings]");
const workerPath = new URL(list.dataset.worker, location.href).href;
findAll("[data-language-switch]").forEach((form) => startLanguageSwitch(form));
findAll("[data-edge]", list).forEach(startEdge);
findAll("[data-recording]", list).forEach((card) => startPlayer(card, workerPath));
if ("busy" in list.dataset) setTimeout(refreshWhenIdle, REFRESH_MS);
