// A picture that lives on another site: YouTube or Vimeo, in a frame of its own.
import { make } from "../lib/dom.js";

const youtube = (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1&playsinline=1&rel=0`;
const vimeo = (id) => `https://player.vimeo.com/video/${id}?autoplay=1&dnt=1`;

/** The frame's address for whatever form of link an organizer pasted; null when it is none of ours. */
export function embedAddress(kind, url) {
  if (kind === "youtube") {
    const id = /(?:v=|youtu\.be\/|\/embed\/|\/live\/|^)([\w-]{11})(?:[?&#/]|$)/.exec(url)?.[1];
    return id ? youtube(id) : null;
  }
  const id = /(?:^|vimeo\.com\/(?:video\/|event\/)?)(\d+)/.exec(url)?.[1];
  return kind === "vimeo" && id ? vimeo(id) : null;
}

/** Put the frame into the player, change it or take it away; the <video> stays where it is. */
export function showEmbed(root, kind, url, title) {
  const address = url && (kind === "youtube" || kind === "vimeo") ? embedAddress(kind, url) : null;
  const present = root.querySelector("iframe");
  if (present?.getAttribute("src") === address) return;
  present?.remove();
  if (address === null) return;
  root.querySelector("video").after(
    make("iframe", {
      src: address,
      title,
      allow: "autoplay; fullscreen; picture-in-picture; encrypted-media",
      allowfullscreen: true,
      referrerpolicy: "strict-origin-when-cross-origin",
    }),
  );
}
