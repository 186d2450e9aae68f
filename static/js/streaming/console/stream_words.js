// What is said about a stream: the wish and what was seen, what is wrong and what to do about it. Pure.
import { say } from "./words.js";

const MARKS = { ready: "done", starting: "making", running: "done", stopping: "making", making: "making", removing: "making", stale: "stale" };

/** "done", "making", "stale", "missing" or "broken" of one part; what was asked for a moment ago is being made. */
export function markOf({ seen, is_asked }) {
  if (seen === "absent") return is_asked ? "making" : "missing";
  return MARKS[seen] ?? "broken";
}

/** The cloud's own words, as its support wants to hear them. */
export const rawOf = (sentence, id) => [sentence, ...(id ? ["RequestId", id] : [])].filter(Boolean).join(" ");

export const SIGNS = { done: "✓", making: "…", stale: "!", missing: "–", broken: "×" };

export const partWord = (part, words) =>
  markOf(part) === "making" && part.seen === "absent" ? gettext("asked for") : (words.seen[part.seen] ?? part.seen);

/** How far it is: "10 of 10". */
export function partsWord(parts) {
  if (!parts.length) return gettext("nothing is made in a cloud");
  const done = parts.filter((part) => markOf(part) === "done").length;
  return say(gettext("%(n)s of %(all)s"), { n: done, all: parts.length });
}

/** The part that is broken or is being made just now; empty when none is. */
export function busyWord(parts, words) {
  const busy = parts.find((part) => markOf(part) === "broken") ?? parts.find((part) => markOf(part) === "making");
  return busy ? say(gettext("%(part)s: %(state)s."), { part: words.part[busy.part] ?? busy.part, state: partWord(busy, words) }) : "";
}

/** The end of a cloud's long id, which tells one from another; the whole stands in the page's title of it. */
export const shortId = (id) => id.split("/").slice(-2).join("/").split(":").at(-1);

/** The wish and what was seen of it. */
export function lineOf(stream, words, ageWord) {
  if (!stream || !stream.generation) return gettext("Nothing was asked for yet.");
  const wish = say(gettext("Wanted: %(what)s."), { what: words.desired[stream.desired] });
  const text = stream.observed_at ? gettext("Seen: %(what)s, %(age)s.") : gettext("Seen: %(what)s.");
  const seen = say(text, { what: words.observed[stream.observed], age: ageWord });
  return [wish, seen, busyWord(stream.parts, words)].filter(Boolean).join(" ");
}

export const isGivenUp = (stream) => stream.observed === "failed" && stream.is_latest;

/** {what, todo, raw} of what is wrong, or null. `at` is the time of the next look. */
export function troubleOf(stream, at) {
  if (!stream?.error && !(stream && isGivenUp(stream))) return null;
  const then = isGivenUp(stream) ? gettext("Then press “Try again”.") : say(gettext("It is tried again at %(at)s."), { at });
  const raw = rawOf(stream.error, stream.request_id);
  return { what: whatIsWrong(stream), todo: [whatToDo(stream), then].filter(Boolean).join(" "), raw };
}

const isUnset = (stream) => stream.fault?.subject.startsWith("DREAMKAST_");

function whatIsWrong(stream) {
  const subject = stream.fault?.subject ?? "";
  if (stream.fault?.kind === "permission") return say(gettext("The permission %(name)s is missing."), { name: subject });
  if (stream.fault?.kind === "quota") return say(gettext("The quota for %(name)s is used up."), { name: subject });
  if (isUnset(stream)) return say(gettext("%(name)s is not set."), { name: subject });
  if (stream.gateway === "embed") return gettext("The address cannot be played.");
  return isGivenUp(stream) ? gettext("The cloud refused.") : gettext("Not there yet.");
}

function whatToDo(stream) {
  const subject = stream.fault?.subject ?? "";
  if (stream.fault?.kind === "permission") return gettext("Add it to the role that Dreamkast uses.");
  if (stream.fault?.kind === "quota") return gettext("Delete what nobody needs, or ask AWS for more under Service Quotas.");
  if (isUnset(stream)) return say(gettext("Set %(name)s in the environment first, and restart."), { name: subject });
  if (stream.gateway === "embed") return gettext("Correct it under “Where the picture comes from”.");
  return isGivenUp(stream) ? gettext("What it said stands below.") : "";
}

/** Which buttons have something to do. */
export function stepsOf(stream) {
  const steps = { prepare: true, start: true, look: false, keep_running: false, stop: false, delete: false };
  if (!stream) return steps;
  const isWished = stream.desired !== "absent";
  const isGone = !stream.generation || (!isWished && stream.observed === "absent");
  const runs = stream.desired === "running";
  return {
    prepare: !isWished,
    start: !runs,
    look: isGivenUp(stream),
    keep_running: Boolean(stream.watched?.stops_at),
    stop: runs,
    delete: !runs && !isGone && (isWished || isGivenUp(stream)),
  };
}

/** One line of the log as a sentence. */
export function stepWord(row, words) {
  const said = {
    request_start: gettext("asked to start"),
    request_ready: gettext("asked to prepare"),
    request_stop: gettext("asked to stop"),
    request_delete: gettext("asked to delete"),
    request_look: gettext("asked to look again"),
    create: pgettext("stream step", "made"),
    start: pgettext("stream step", "started"),
    stop: pgettext("stream step", "stopped"),
    delete: pgettext("stream step", "removed"),
    put_off: gettext("did not work yet"),
    failed: gettext("was refused"),
    keep_running: gettext("keeps it running"),
    show_key: gettext("had the key shown"),
    new_key: gettext("asked for a new key"),
    gateway: gettext("changed where the picture comes from"),
    inputs: gettext("chose the inputs"),
  };
  const part = row.part ? (words.part[row.part] ?? row.part) : null;
  return [said[row.what] ?? row.what, part].filter(Boolean).join(": ");
}

/** Why a press was not carried out. */
export function streamRefusal(error) {
  const words = {
    on_air: gettext("A talk is on air on this track. Take it off first."),
    recording: gettext("A recording is being cut from this stream. Delete it when the cut is done."),
    exists: gettext("The stream still exists. Stop and delete it first, then change where the picture comes from."),
    runs: gettext("The stream runs. Whoever pushes would lose the picture: stop it first."),
    no_key: gettext("There is no key yet. Prepare the stream first."),
    new_key_soon: gettext("The new key is on its way. Ask again in a moment."),
    address: gettext("This address is none of YouTube, Vimeo or an HLS playlist, for example https://example.com/live.m3u8."),
    not_signed_in: gettext("You are no longer signed in. Sign in on another tab and press again."),
    malformed: gettext("The server did not understand this. Reload the page."),
  };
  if (error.status === 403) return gettext("You may no longer direct this event. Ask an organizer.");
  return words[error.body?.code] ?? gettext("That did not reach the server. Press again.");
}

/** When it stops by itself. `at` is a clock time. */
export const endsWord = (watched, at) =>
  watched.is_stopping_soon
    ? say(gettext("Stops by itself at %(at)s: soon."), { at })
    : say(gettext("Stops by itself at %(at)s."), { at });
