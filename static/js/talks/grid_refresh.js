// A timetable that stays open: when the programme changes, the grid is fetched anew and put in place.
import { find, setText } from "../lib/dom.js";

// Thousands of open pages do not ask in the same second; and none before the server's ready pages are renewed,
// which may be a second old.
const LEAST_MS = 2000;
const SPREAD_MS = 3000;
const KEPT = ["starts", "ends"];

/** `redrawn()` is called when another grid stands there. The page's own choices (track, only mine) stay. */
export function refreshGrid(grid, redrawn) {
  let timer = null;
  return () => {
    timer ??= setTimeout(async () => {
      timer = null;
      const page = await fetchPage();
      const fresh = page && find("[data-timetable]", page);
      if (!fresh) return;
      replace(grid, fresh);
      recount(page);
      redrawn();
    }, LEAST_MS + Math.random() * SPREAD_MS);
  };
}

async function fetchPage() {
  try {
    const response = await fetch(location.href, { credentials: "same-origin", cache: "no-cache" });
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    // The next change, or a reload, brings it.
    return null;
  }
}

function replace(grid, fresh) {
  for (const name of KEPT) grid.dataset[name] = fresh.dataset[name];
  const focused = document.activeElement?.closest(".cell a")?.getAttribute("href");
  find(".tt-body", grid).replaceWith(document.adoptNode(find(".tt-body", fresh)));
  if (focused) find(`.cell a[href="${CSS.escape(focused)}"]`, grid)?.focus({ preventScroll: true });
}

/** How many match the filter stands above the grid. */
function recount(page) {
  const [shown, fresh] = [find("[data-found]"), find("[data-found]", page)];
  if (shown && fresh) setText(shown, fresh.textContent);
}
