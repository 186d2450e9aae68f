// The words of the control room, in one place: lamps, cards, commands, paths, times.
import { shiftedWord } from "./shift_words.js";
import { secondsUntil } from "./state.js";

export const say = (text, values) => interpolate(text, values, true);

export const cardWord = (card) =>
  ({
    waiting: pgettext("card", "Waiting"),
    break: pgettext("card", "Break"),
    technical: pgettext("card", "Technical"),
  })[card] ?? card;

export function lampWord(track) {
  return track.lamp === "on" ? pgettext("lamp", "On air") : cardWord(track.card);
}

export const numbered = (talk) => `#${talk.talk_id}`;

export const shownWord = ({ talk, card }) => {
  if (!talk) return say(gettext("%(card)s card"), { card: cardWord(card) });
  return card ? say(gettext("%(card)s card over #%(id)s"), { card: cardWord(card), id: talk.talk_id }) : numbered(talk);
};

/** [class, sign, word] of a stream: the shape and the sign say it too, not only the colour. */
export function pathOf(stream) {
  if (!stream) return ["unk", "–", gettext("no stream")];
  const words = {
    unknown: ["unk", "?", gettext("unknown")],
    absent: ["unk", "–", gettext("not made")],
    partial: ["warn", "!", gettext("in part")],
    changing: ["warn", "!", gettext("changing")],
    stopped: ["unk", "–", gettext("stopped")],
    starting: ["warn", "!", gettext("starting")],
    running: ["ok", "", gettext("running")],
    stopping: ["warn", "!", gettext("stopping")],
    failed: ["bad", "×", gettext("failed")],
  };
  return words[stream.observed] ?? words.unknown;
}

const two = (number) => String(number).padStart(2, "0");

export function duration(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** {text, word, isSoon} of the time that a track has left. */
export function timeLeft(track, now) {
  const left = secondsUntil(track.on_air?.ends_at, now);
  if (left === null) return untilNext(track, now);
  if (left < 0) return { text: `+${duration(-left)}`, word: gettext("over"), isSoon: true };
  return { text: duration(left), word: track.card ? gettext("left of its time") : gettext("left"), isSoon: left < 60 };
}

function untilNext(track, now) {
  const left = secondsUntil(track.next?.starts_at, now);
  if (left === null) return { text: "–", word: "", isSoon: false };
  if (left <= 0) return { text: `+${duration(-left)}`, word: gettext("late"), isSoon: true };
  return { text: duration(left), word: gettext("until the next"), isSoon: left < 60 };
}

export function ageWord(seconds) {
  return seconds < 1 ? gettext("as of now") : say(ngettext("as of %(n)s second ago", "as of %(n)s seconds ago", seconds), { n: seconds });
}

export const takeVerb = (target) => {
  if (!target) return gettext("Nothing to take");
  return target.command === "clear" ? gettext("Restore") : gettext("Take");
};

export const takeNamed = (target) => {
  if (!target) return gettext("No talk follows on this track");
  const text = target.command === "clear" ? gettext("Back to #%(id)s") : gettext("Take #%(id)s");
  return say(text, { id: target.talk.talk_id });
};

const SOURCES = () => ({
  console: gettext("console"),
  api: gettext("by API"),
  command: gettext("command line"),
  automation: gettext("automation"),
  health: gettext("stream health"),
  seed: gettext("demo"),
});

export const sourceWord = (source) => SOURCES()[source] ?? source ?? "";

// Also somebody who has been erased since.
const nobodyNamed = (row) => !row.source || row.source === "console";
export const whoWord = (row) => row.who ?? (nobodyNamed(row) ? gettext("somebody") : sourceWord(row.source));

/** One row of the log as a sentence. */
export function didWhat(row) {
  const words = {
    take: () => say(gettext("took #%(id)s"), { id: row.to.talk_id }),
    card: () => say(gettext("%(card)s card"), { card: cardWord(row.to.card) }),
    clear: () => gettext("lifted the card"),
    undo: () => say(gettext("undid: back to %(what)s"), { what: row.to.talk_id ? `#${row.to.talk_id}` : cardWord(row.to.card) }),
    on_duty: () => gettext("went on duty"),
    off_duty: () => gettext("left duty"),
    locked: () => gettext("locked the track"),
    unlocked: () => gettext("unlocked the track"),
    taken_over: () => takenWord(row),
    speaker_here: () => say(gettext("saw the speakers of #%(id)s"), { id: row.talk_id ?? "?" }),
    speaker_away: () => say(gettext("took back that the speakers of #%(id)s are there"), { id: row.talk_id ?? "?" }),
    shifted: () => shiftedWord(row),
    unshifted: () => shiftedWord(row),
    refused: () => say(gettext("refused: %(what)s. %(why)s"), { what: wantedWord(row), why: refusalWord(row.code, null, null) }),
    slate_on: () => gettext("switched the automatic slate on"),
    slate_off: () => gettext("switched the automatic slate off"),
    armed: () => gettext("armed the automation"),
    held: () => gettext("held the automation"),
    disarmed: () => outcomeWord(row.reason) || gettext("disarmed the automation"),
    title: () => say(gettext("corrected the title of #%(id)s: %(title)s"), { id: row.talk_id, title: row.after }),
  };
  return (words[row.what] ?? (() => row.what))();
}

function takenWord({ previous, reason }) {
  const text = reason ? gettext("took over the lock of %(name)s: %(reason)s") : gettext("took over the lock of %(name)s");
  return say(text, { name: previous ?? "?", reason });
}

/** What a refused command would have done. */
function wantedWord({ command, to }) {
  if (command === "take") return say(gettext("take #%(id)s"), { id: to.talk_id ?? "?" });
  if (command === "card") return say(gettext("%(card)s card"), { card: cardWord(to.card) });
  return command === "undo" ? gettext("undo") : gettext("lift the card");
}

/** Why the automation of a track ended by itself; nothing when a person ended it. */
export function outcomeWord(outcome) {
  if (!outcome || outcome === "disarmed") return "";
  const own = {
    human: gettext("Disarmed, because somebody switched by hand."),
    changed: gettext("Disarmed, because the timetable was changed."),
    nothing_to_arm: gettext("Done: nothing follows on this track."),
  };
  return own[outcome] ?? say(gettext("Disarmed: %(why)s"), { why: refusalWord(outcome, null, null) });
}

/** Why a command was not carried out, in the words of the one who pressed. */
export function refusalWord(code, row, owner) {
  const words = {
    stale: () =>
      row
        ? say(gettext("%(who)s was faster: %(what)s (revision %(revision)s)."), { who: whoWord(row), what: didWhat(row), revision: row.revision })
        : gettext("Somebody changed this track in the meantime."),
    wrong_track: () => gettext("This talk belongs to another track."),
    not_published: () => gettext("This talk is not published."),
    do_not_stream: () => gettext("This talk must not be streamed."),
    undo_expired: () => gettext("The last change is older than 30 seconds."),
    nothing_to_undo: () => gettext("There is nothing to undo on this track."),
    nothing_to_arm: () => gettext("Nothing starts later on this track."),
    locked: () => say(gettext("%(name)s has locked this track."), { name: owner ?? gettext("Another person") }),
    forbidden: () => gettext("You may no longer direct this event. Ask an organizer."),
    not_signed_in: () => gettext("You are no longer signed in. Sign in on another tab and press again."),
    malformed: () => gettext("The server did not understand this. Reload the page."),
    no_stream: () => gettext("This track has no stream."),
    gave_up: () => gettext("No answer from the server. Whether it was done is unknown: look at the log before you press again."),
  };
  return (words[code] ?? words.malformed)();
}
