// The row of tracks. Each tab changes its own texts only; which one is current follows the address.
import { find, findAll, setAttribute, setText, show } from "../../lib/dom.js";

const HELD = { break: () => gettext("Break"), technical: () => gettext("Interrupted") };

export function startTabs(root, choose) {
  root.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-tab]");
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!tab || !isPlain) return;
    event.preventDefault();
    choose(Number(tab.dataset.tab));
  });
}

export function drawTabs(root, tracks, currentId) {
  for (const tab of findAll("[data-tab]", root)) {
    const track = tracks.find((candidate) => candidate.id === Number(tab.dataset.tab));
    setAttribute(tab, "aria-current", Number(tab.dataset.tab) === currentId ? "true" : null);
    if (track) drawTab(tab, track);
  }
}

function drawTab(tab, track) {
  const talk = track.on_air ?? track.next;
  const held = HELD[track.card];
  const title = find("[data-tab-title]", tab);
  setText(title, talk?.title ?? track.name);
  setAttribute(title, "lang", talk?.lang);
  setAttribute(tab, "title", talk?.title ?? "");
  show(find("[data-tab-live]", tab), track.on_air !== null && !held);
  show(find("[data-tab-held]", tab), Boolean(held));
  if (held) setText(find("[data-tab-held]", tab), held());
  setText(find("[data-tab-viewers]", tab), track.viewers === null ? "" : viewersShort(track.viewers));
}

const viewersShort = (count) =>
  interpolate(ngettext("%(count)s viewer", "%(count)s viewers", count), { count: count.toLocaleString() }, true);
