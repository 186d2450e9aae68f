// The words of a shift: how many minutes, how far, why not.
const say = (text, values) => interpolate(text, values, true);

export const signed = (minutes) => (minutes > 0 ? `+${minutes}` : `−${-minutes}`);

export const minutesWord = (minutes) => say(gettext("%(n)s min"), { n: signed(minutes) });


export function shiftRefusal(code) {
  const words = {
    stale: gettext("Somebody has moved these talks in the meantime. Look at the times again."),
    conflict: gettext("Something is in the way. Nothing was moved."),
    cannot_shift: gettext("This talk has no published time on this track."),
    locked: gettext("Another person has locked this track."),
    nothing_to_undo: gettext("This shift has been taken back already."),
    malformed: gettext("At most two hours can be shifted at once."),
    forbidden: gettext("You may no longer direct this event. Ask an organizer."),
  };
  return words[code] ?? gettext("That did not reach the server.");
}

/** One row of the log as a sentence. */
export function shiftedWord({ what, minutes, talks, talk_id }) {
  const text =
    what === "unshifted"
      ? gettext("took back the shift by %(minutes)s from #%(id)s on")
      : ngettext("shifted %(n)s talk from #%(id)s on by %(minutes)s", "shifted %(n)s talks from #%(id)s on by %(minutes)s", talks);
  return say(text, { minutes: minutesWord(minutes), id: talk_id ?? "?", n: talks });
}
