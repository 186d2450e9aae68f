// Sentences about questions.
const ROLES = {
  speaker: () => gettext("Speaker"),
  sponsor: () => gettext("Sponsor staff"),
  staff: () => gettext("Staff"),
};

export const roleWord = (type) => (ROLES[type] ?? ROLES.staff)();

export const voteLabel = (question) =>
  interpolate(
    question.has_voted
      ? ngettext("Take your vote back. %(count)s vote now", "Take your vote back. %(count)s votes now", question.votes_count)
      : ngettext("Vote for this question. %(count)s vote now", "Vote for this question. %(count)s votes now", question.votes_count),
    { count: question.votes_count },
    true,
  );

/** What a refusal of our own server says, or a sentence for its status. */
export function refusalText(error) {
  if (error.body?.message) return error.body.message;
  if (error.status === undefined) return gettext("There is no connection. Try again in a moment.");
  if (error.status === 403) return gettext("This is not open to you. Sign in again, or ask the organizers.");
  if (error.status === 404) return gettext("This question is no longer here.");
  return gettext("That did not work. Try again in a moment.");
}

export function letterText(letter) {
  if (letter.state === "sending") return gettext("Sending…");
  if (letter.state === "waiting") return gettext("Not sent yet: there is no connection. It is sent by itself.");
  return letter.message || refusalText({ status: letter.status, body: null });
}
