// A timetable that stays open: when the programme changes, the grid is fetched anew and put in place.
import { find, findAll, setText } from "../lib/dom.js";

// Thousands of open pages do not ask in the same second; and none before the server's ready pages are renewed,
// which may be a second old.
const LEAST_MS = 2000;
const SPREAD_MS = 3000;
const KEPT = ["starts", "ends"];
const PAUSE_MS = 30_000;
const LONGEST_MS = 600_000;

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

/**
 * Before the doors there is no socket for visitors: while somebody looks, the page is asked for once in a while,
 * which mostly is a 304, and put in place when its talks have moved. Errors make the pauses longer.
 */
export function watchGrid(grid, redrawn) {
  let pause = PAUSE_MS;
  const later = () => setTimeout(look, pause * (1 + Math.random() / 2));
  async function look() {
    if (!document.hidden) {
      const page = await fetchPage();
      pause = page ? PAUSE_MS : Math.min(pause * 2, LONGEST_MS);
      const fresh = page && find("[data-timetable]", page);
      if (fresh && signature(fresh) !== signature(grid)) {
        replace(grid, fresh);
        recount(page);
        redrawn();
      }
    }
    later();
  }
  later();
}

/** What stands where; the clock and the badges do not count. */
function signature(grid) {
  const words = ({ dataset: { talk, track, starts, ends } }, title) => [talk, track, starts, ends, title].join("|");
  return findAll(".cell", grid)
    .map((cell) => words(cell, find("h3", cell)?.textContent + cell.classList.contains("gone")))
    .join("\n");
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
