// The words about talks that must not be streamed: requests, consents, attempts.
import { sourceWord, say, whoWord } from "./words.js";

/** What the second person is asked, of any track. */
export function askedWord({ asked_by, verb, title }) {
  const words = {
    air: gettext("%(who)s asks to put “%(title)s” on air, which must not be streamed."),
    harvest: gettext("%(who)s asks to cut the recording of “%(title)s”, which must not be streamed."),
    export: gettext("%(who)s asks to export the video of “%(title)s”, which must not be streamed."),
  };
  return say(words[verb], { who: asked_by.name ?? gettext("somebody"), title });
}

export function ownWord({ verb, title }) {
  const words = {
    air: gettext("You asked to put “%(title)s” on air. Another person has to confirm it."),
    harvest: gettext("You asked to cut the recording of “%(title)s”. Another person has to confirm it."),
    export: gettext("You asked to export the video of “%(title)s”. Another person has to confirm it."),
  };
  return say(words[verb], { title });
}

export function validWord({ verb, title, asked_by, confirmed_by }) {
  const words = {
    air: gettext("“%(title)s” may go on air: %(one)s asked, %(two)s confirmed."),
    harvest: gettext("The recording of “%(title)s” may be cut: %(one)s asked, %(two)s confirmed."),
    export: gettext("The video of “%(title)s” may be exported: %(one)s asked, %(two)s confirmed."),
  };
  const name = (person) => person ?? gettext("somebody");
  return say(words[verb], { title, one: name(asked_by.name), two: name(confirmed_by) });
}

const VERBS = () => ({
  air: pgettext("override", "on air"),
  harvest: pgettext("override", "recording"),
  export: pgettext("override", "export"),
});

/** [class, word] of what came of an attempt. */
export function outcomeOf({ outcome, detail }) {
  const words = {
    refused: ["refused", pgettext("attempt", "refused")],
    asked: ["", gettext("override asked for")],
    confirmed: ["", gettext("override confirmed")],
    withdrawn: ["", detail === "declined" ? gettext("override declined") : gettext("override withdrawn")],
    used: ["", gettext("override used")],
  };
  return words[outcome] ?? ["", outcome];
}

/** Which talk, for what, by whom and how, and why it was refused or asked for. */
export function attemptFacts(row) {
  const facts = [`#${row.talk_id}`, VERBS()[row.verb], whoWord(row), sourceOf(row.source)];
  if (row.outcome === "asked") facts.push(`“${row.detail}”`);
  if (row.outcome === "refused") facts.push(refusedWord(row.detail));
  return facts.filter(Boolean).join("・");
}

const sourceOf = (source) => (source === "admin" ? gettext("administration") : sourceWord(source));

export function refusedWord(code) {
  const words = {
    do_not_stream: gettext("This talk must not be streamed."),
    not_published: gettext("This talk is not published."),
    stale: gettext("Somebody changed this track in the meantime."),
    wrong_track: gettext("This talk belongs to another track."),
    locked: gettext("Another person has locked this track."),
    same_person: gettext("Whoever asked cannot confirm it too."),
    override_gone: gettext("It was answered already, or it is too old."),
    open_already: gettext("This was asked for already."),
    nothing_to_override: gettext("This talk may be streamed without it."),
    forbidden: gettext("One of the two may not direct this event."),
    malformed: gettext("Give a reason, of 200 characters at most."),
  };
  return words[code] ?? gettext("That did not reach the server. Press again.");
}
