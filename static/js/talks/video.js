// The video of a talk: nothing is fetched before it comes into sight.
import { VideoPlayer } from "../streaming/video_player.js";

for (const box of document.querySelectorAll("[data-video]")) {
  const video = box.querySelector("video");
  const workerPath = new URL(box.dataset.worker, location.href).href;
  const trouble = box.querySelector("[role=alert]");
  const player = new VideoPlayer(video, { workerPath, onTrouble: () => (trouble.hidden = false) });
  // A player that knows no source shows no button of its own: it is loaded as soon as it is near.
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    near.disconnect();
    player.load(box.dataset.video);
  });
  near.observe(box);
}
