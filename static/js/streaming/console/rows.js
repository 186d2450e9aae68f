// One row per track: lamp, picture, on air, time left, next, take, path, who is on duty.
import { find, setAttribute, setText } from "../../lib/dom.js";
import { driftWord } from "./drift.js";
import { pathLamp } from "./health.js";
import { preflight, preflightTalk, verdict } from "./preflight.js";
import { lockOf, secondsUntil } from "./state.js";
import { duration, lampWord, numbered, say, timeLeft } from "./words.js";

/** `look` is {isSelected, isUnknown, age, person, now, clockTime}. */
export function drawRow(row, track, look) {
  for (const lamp of ["on", "card", "idle"]) row.classList.toggle(lamp, track.lamp === lamp);
  row.classList.toggle("sel", look.isSelected);
  row.classList.toggle("unk", look.isUnknown);
  drawLamp(row, track, look);
  drawNow(row, track, look);
  drawLeft(row, track, look.now);
  drawNext(row, track, look);
  drawPath(row, track, look.isUnknown);
  setText(find("[data-viewers]", row), viewersWord(track.viewers));
  drawOwner(row, track, look);
}

export const viewersWord = (viewers) =>
  viewers === null ? gettext("? watching") : say(gettext("%(n)s watching"), { n: viewers.toLocaleString() });

function drawLamp(row, track, look) {
  const button = find("[data-select]", row);
  const word = look.isUnknown ? `${lampWord(track)} ?` : lampWord(track);
  setText(find("[data-lamp]", row), word);
  setText(find("[data-left-short]", row), look.isUnknown ? look.age : timeLeft(track, look.now).text);
  setAttribute(button, "aria-pressed", String(look.isSelected));
}

export function drawNow(root, track, look) {
  const since = secondsUntil(track.on_air?.since, look.now);
  const facts = [track.on_air ? numbered(track.on_air) : null, say(gettext("rev %(n)s"), { n: track.revision })];
  if (since !== null) facts.push(say(gettext("%(time)s on air"), { time: duration(Math.max(0, -since)) }));
  if (driftWord(track)) facts.push(driftWord(track));
  setWords(find("[data-now-id]", root), facts);
  drawNowTitle(root, track);
}

export function drawNowTitle(root, track) {
  const isCovered = track.card !== null;
  const title = find("[data-now-title]", root);
  setText(title, isCovered ? say(gettext("%(card)s card is shown"), { card: lampWord(track) }) : track.on_air.title);
  setAttribute(title, "lang", isCovered ? null : track.on_air.lang);
  setAttribute(title, "title", isCovered ? null : track.on_air.title);
  const under = track.on_air ? say(gettext("Under it: %(title)s"), { title: track.on_air.title }) : "";
  setText(find("[data-now-people]", root), isCovered ? under : track.on_air.speakers.join("・"));
}

export function drawLeft(root, track, now) {
  const left = timeLeft(track, now);
  setText(find("[data-left]", root), left.text);
  setText(find("[data-left-word]", root), left.word);
  find("[data-left]", root).parentElement.classList.toggle("soon", left.isSoon);
}

function drawNext(row, track, look) {
  const next = track.next;
  const title = find("[data-next-title]", row);
  setText(title, next ? next.title : gettext("Nothing follows"));
  setAttribute(title, "lang", next?.lang ?? null);
  setAttribute(title, "title", next?.title ?? null);
  const left = secondsUntil(next?.starts_at, look.now);
  const wait = left === null ? null : left > 0 ? `−${duration(left)}` : say(gettext("%(time)s late"), { time: `+${duration(-left)}` });
  const isArmed = track.automation?.is_armed && !track.automation.is_held;
  const auto = isArmed ? gettext("automatic") : null;
  setWords(find("[data-next-id]", row), next ? [numbered(next), look.clockTime(next.starts_at), wait, auto] : []);
  drawReadiness(row, track, look);
}

/** One glance over all tracks: whether what follows can go on air. */
function drawReadiness(row, track, look) {
  const talk = preflightTalk(track, null);
  const found = talk ? verdict(preflight(track, talk, look.clockTime)) : null;
  const lamp = find("[data-ready]", row);
  lamp.className = `lp ${found?.level ?? "unk"}`;
  lamp.parentElement.hidden = found === null;
  setText(find("i", lamp), { bad: "×", unk: "?" }[found?.level] ?? "");
  setText(find("[data-ready-word]", row), found?.word ?? "");
}

/** What was last heard of the stream is not green while nobody is heard. */
function drawPath(row, track, isUnknown) {
  const [known, mark, word] = pathLamp(track);
  const [level, sign] = isUnknown ? ["unk", "?"] : [known, mark];
  const lamp = find("[data-path]", row);
  lamp.className = `lp ${level}`;
  setText(find("i", lamp), sign);
  setText(find("[data-path-word]", row), word);
  setAttribute(lamp, "title", track.stream?.error || track.health?.error || null);
}

function drawOwner(row, track, look) {
  const owner = find("[data-owner]", row);
  const name = track.duty.person?.id === look.person ? gettext("you") : (track.duty.person?.name ?? "—");
  const isLocked = lockOf(track, look.now) !== null;
  owner.parentElement.classList.toggle("me-on", track.duty.person?.id === look.person);
  owner.parentElement.classList.toggle("locked", isLocked);
  setAttribute(owner.parentElement, "title", isLocked ? say(gettext("%(name)s, locked"), { name }) : name);
  setText(owner, name);
  setText(find("[data-note-text]", row), track.duty.note);
  setAttribute(find("[data-note-text]", row), "title", track.duty.note || null);
}

function setWords(line, words) {
  const wanted = words.filter((word) => word !== null);
  while (line.children.length > wanted.length) line.lastChild.remove();
  while (line.children.length < wanted.length) line.append(document.createElement("span"));
  wanted.forEach((word, index) => setText(line.children[index], word));
}
