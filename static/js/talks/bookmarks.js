// The stars of a page: [data-bookmark] carries a talk's id, [data-agenda] the event's name in the address.
import { find, findAll, setAttribute, setText } from "../lib/dom.js";
import { AgendaStore } from "./agenda_store.js";
import { askToReplace, askWithoutSeat, say, sayOverlap, signInLink } from "./agenda_words.js";

const event = find("[data-agenda]")?.dataset.agenda;
const store = event ? new AgendaStore(event) : null;
const idOf = (star) => Number(star.dataset.bookmark);

function draw() {
  for (const star of findAll("[data-bookmark]")) {
    const isChosen = store.has(idOf(star));
    setAttribute(star, "aria-pressed", String(isChosen));
    star.classList.toggle("on", isChosen && star.classList.contains("btn"));
    setText(find("[data-word]", star), isChosen ? gettext("Bookmarked") : gettext("Bookmark"));
    star.closest(".cell, .rows > li")?.classList.toggle("my", isChosen);
  }
}

async function add(star, wish = {}) {
  const title = star.dataset.title;
  try {
    const overlaps = await store.add(idOf(star), wish);
    if (!store.agenda.signed_in) say(gettext("Kept in this browser. Sign in to have it everywhere."), signInLink());
    else if (overlaps.length) sayOverlap(overlaps);
  } catch (error) {
    await explain(star, title, wish, error.body ?? {});
  }
}

async function explain(star, title, wish, { code, overlaps }) {
  if (code === "overlaps") {
    const replace = overlaps.map((talk) => talk.id);
    if (await askToReplace(title, overlaps)) await add(star, { ...wish, replace });
  } else if (code === "sold_out") {
    if (await askWithoutSeat(title)) await add(star, { without_seat: true });
  } else if (code === "cancelled") {
    say(gettext("This talk is cancelled."));
  } else if (code === "no_such_talk") {
    say(gettext("This talk is no longer in the programme. Reload the page to see what is."));
  } else {
    say(gettext("That could not be saved. Check the connection and press the star again."));
  }
}

async function press(star) {
  if (star.getAttribute("aria-busy") === "true") return;
  setAttribute(star, "aria-busy", "true");
  try {
    await ready;
    if (store.has(idOf(star))) await store.remove(idOf(star));
    else await add(star);
  } catch {
    say(gettext("That could not be saved. Check the connection and press the star again."));
  } finally {
    setAttribute(star, "aria-busy", null);
    draw();
  }
}

// Only my talks

function showOnlyMine(button, isOnly) {
  setAttribute(button, "aria-pressed", String(isOnly));
  button.classList.toggle("on", isOnly);
  find("main").classList.toggle("only-mine", isOnly);
  if (isOnly) goToMine();
}

/** The grid is as tall as the day: without this it looks empty. */
function goToMine() {
  const mine = findAll(".cell.my").filter((cell) => cell.getClientRects().length > 0);
  if (!mine.length) return say(gettext("You have bookmarked nothing of this day yet."));
  const isSeen = mine.some((cell) => cell.getBoundingClientRect().top >= 0 && cell.getBoundingClientRect().top < innerHeight);
  if (!isSeen) mine[0].scrollIntoView({ block: "center", behavior: "instant" });
}

function startOnlyMine(button) {
  button.hidden = false;
  button.addEventListener("click", () => showOnlyMine(button, button.getAttribute("aria-pressed") !== "true"));
}

/** Without an answer nothing is known: the stars stay empty, and pressing one asks again. */
let ready = store?.load().then(draw, () => {
  ready = store.load().then(draw);
  ready.catch(() => {});
});

if (store) {
  document.addEventListener("click", (click) => {
    const star = click.target.closest("[data-bookmark]");
    if (star) press(star);
  });
  // A page that draws its talks anew says so.
  document.addEventListener("dreamkast:redrawn", draw);
  for (const button of findAll("[data-only-mine]")) startOnlyMine(button);
}
