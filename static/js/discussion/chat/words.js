// The pictures and names of the reactions, the badges, and the times of the messages.
export const REACTIONS = { thumb: "👍", clap: "👏", heart: "❤️", laugh: "😄", party: "🎉", think: "🤔" };

export const reactionName = (kind) =>
  ({
    thumb: gettext("thumb up"),
    clap: gettext("applause"),
    heart: gettext("heart"),
    laugh: gettext("laughter"),
    party: gettext("party"),
    think: gettext("thoughtful"),
  })[kind];

export const badgeName = (badge) =>
  ({ speaker: gettext("Speaker"), sponsor: gettext("Sponsor staff"), staff: gettext("Staff") })[badge] ?? "";

export function timeIn(zone) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  return (text) => format.format(new Date(text));
}

/** What the server said, in the reader's language; else that nothing is known. */
export const refusalOf = (error) => error.body?.message ?? gettext("That did not work. Please try again.");
