// The words about a track's inputs. Times of a switch are told as what they are: asked, accepted, seen.
import { secondsUntil } from "./state.js";
import { ageWord, duration, say } from "./words.js";

export const inputWord = (name) =>
  ({
    studio: pgettext("input", "Studio"),
    backup: pgettext("input", "Backup"),
    slate: pgettext("input", "Slate"),
  })[name] ?? name;

/** One sentence: what is active as last seen, and how old that is. */
export function activeLine(inputs, now) {
  if (inputs.names.length < 2) return gettext("This track has one input, the studio.");
  if (!inputs.is_running) return gettext("The encoder does not run. It will begin with the studio.");
  if (!inputs.active) return gettext("MediaLive has not told yet which input is active.");
  const age = ageWord(Math.max(-secondsUntil(inputs.active_at, now), 0));
  return say(gettext("Active: %(name)s, %(age)s."), { name: inputWord(inputs.active), age });
}

const FAULTS = () => ({
  stopped: gettext("the encoder did not run"),
  late: gettext("it did not reach MediaLive in time; press again if it is still wanted"),
  refused: gettext("MediaLive refused it"),
  unseen: gettext("MediaLive took it, and shows another input"),
  not_cancelled: gettext("it was too late to cancel it"),
});

export const faultWord = (fault) => FAULTS()[fault] ?? fault;

const after = (row, moment) => ((new Date(moment) - new Date(row.requested_at)) / 1000).toFixed(1);

/** What became of a switch, with the seconds since it was asked for; [text, is it bad]. */
export function outcome(row) {
  const accepted = row.accepted_at && !row.at ? say(gettext("accepted +%(n)s s"), { n: after(row, row.accepted_at) }) : null;
  const seen = row.effective_at && !row.at ? say(gettext("seen active +%(n)s s"), { n: after(row, row.effective_at) }) : null;
  const words = {
    asked: () => gettext("on its way"),
    accepted: () => [accepted, gettext("not seen active yet")],
    effective: () => [accepted, seen ?? gettext("seen active")],
    passed: () => [accepted, gettext("a later one came before it was seen")],
    failed: () => say(gettext("failed: %(why)s"), { why: faultWord(row.fault) }),
    cancelled: () => gettext("cancelled"),
  };
  const parts = [(words[row.state] ?? (() => row.state))()].flat();
  return [parts.filter(Boolean).join("・"), row.state === "failed"];
}

/** Of a planned switch: how long until then, and what keeps it. */
export function planLine(row, now) {
  const left = secondsUntil(row.at, now);
  const when = left > 0 ? say(gettext("in %(left)s"), { left: duration(left) }) : gettext("now due");
  const held = row.state === "accepted" ? gettext("MediaLive has it") : gettext("on its way to MediaLive");
  const why = row.fault ? faultWord(row.fault) : null;
  return [when, row.can_cancel_until ? held : gettext("being cancelled"), why].filter(Boolean).join("・");
}

/** Why nothing was done, in the words of the one who pressed. `time` shows a moment on the event's clock. */
export function refusedWord(error, time) {
  const offered = error.body?.offered ? time(error.body.offered) : "";
  const words = {
    stale: gettext("Somebody was faster: look below, then press again."),
    not_running: gettext("The encoder does not run. Start the stream first."),
    no_such_input: gettext("The running encoder does not have this input."),
    too_soon: say(gettext("Too soon: MediaLive wants 15 seconds' notice. The earliest that works is %(time)s."), { time: offered }),
    too_far: say(gettext("Too far ahead: MediaLive takes times until %(time)s."), { time: offered }),
    taken: gettext("Another switch is planned for that second."),
    too_late: gettext("Too late to cancel: MediaLive has handed it to the encoder."),
    in_use: gettext("A running encoder keeps its inputs. Stop the stream first."),
    not_offered: gettext("Only MediaLive's encoders have more than one input."),
    slate_url: gettext("This is no MP4 file for MediaLive. Write https://example.org/slate.mp4 or s3://bucket/slate.mp4."),
    at: gettext("Write a day and a time."),
    locked: say(gettext("%(name)s has locked this track."), { name: error.body?.owner ?? "" }),
  };
  if (error.body?.code in words) return words[error.body.code];
  if (error.status === 403) return gettext("You may no longer direct this event. Ask an organizer.");
  if (error.status) return gettext("The server did not understand this. Reload the page.");
  return gettext("No answer. Whether it was asked for shows below in a moment: look before you press again.");
}
