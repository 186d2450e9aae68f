// What a page knows of the questions to a talk, and how a frame changes it. Pure: no clock, no network, no page.
//
// `order` holds the questions that are shown, as they stand. A new one of somebody else waits outside until the
// reader asks for it: nothing jumps under their eyes.

export const emptyState = (talkId = null) => ({
  talkId,
  revision: 0,
  newest: 0,
  missing: false,
  list: null,
  questions: new Map(),
  // What the reader had to do with questions that were taken away, should they come back.
  gone: new Map(),
  order: [],
  sort: "votes",
  unansweredOnly: false,
});

/**
 * Another talk of the same event: what the reader may do is as before until its own list has come. Everybody
 * who watches gets here at the same moment, so the list itself is asked for over a while; frames are shown.
 */
export function nextTalk(state, talkId) {
  const next = { ...emptyState(talkId), sort: state.sort, unansweredOnly: false };
  if (state.list === null || talkId === null) return next;
  const list = { ...state.list, talk_id: talkId, closed: null, current_user_role: null, can_moderate: false, isBorrowed: true };
  return { ...next, list, missing: true };
}

const own = (question) => ({ has_voted: false, is_mine: false, ...question });

/** The whole list by HTTP. The first one is shown in order; a later one keeps what stands. */
export function applyList(state, list) {
  const isFirst = state.list === null || state.list.isBorrowed === true;
  if (!isFirst && list.revision < state.revision) return state;
  const questions = new Map(list.questions.map((question) => [question.id, own(question)]));
  const next = {
    ...state,
    list,
    questions,
    revision: list.revision,
    newest: Math.max(state.newest, list.revision),
    missing: list.revision < state.newest,
  };
  return isFirst ? arrange(next) : { ...next, order: kept(next, state.order) };
}

/** Everything in the chosen order: pinned ones first, then by votes or by time. */
export function arrange(state, changes = {}) {
  const next = { ...state, ...changes };
  const shown = [...next.questions.values()].filter((question) => isWanted(next, question));
  return { ...next, order: shown.sort(compare[next.sort]).map((question) => question.id) };
}

const isWanted = (state, question) => !state.unansweredOnly || !isAnswered(question);

export const isAnswered = (question) => question.state === "answered" || question.answers.length > 0;

const byPin = (one, other) => Number(other.is_pinned) - Number(one.is_pinned);
const byTime = (one, other) => other.created_at.localeCompare(one.created_at) || other.id - one.id;
const compare = {
  votes: (one, other) => byPin(one, other) || other.votes_count - one.votes_count || byTime(one, other),
  time: (one, other) => byPin(one, other) || byTime(one, other),
};

/** What stood stays where it stood; a pinned one goes to the front, and one's own is never hidden away. */
function kept(state, order) {
  const stays = order.filter((id) => state.questions.has(id));
  const mine = [...state.questions.values()].filter((question) => question.is_mine && !stays.includes(question.id));
  const all = [...mine.sort(byTime).map((question) => question.id), ...stays];
  const isPinned = (id) => state.questions.get(id).is_pinned;
  return [...all.filter(isPinned), ...all.filter((id) => !isPinned(id))];
}

/** Those that wait to be shown. */
export function waiting(state) {
  return [...state.questions.values()].filter(
    (question) => !state.order.includes(question.id) && isWanted(state, question),
  );
}

/** One frame of the talk. Older ones are ignored, a jump is a gap: `missing` says that the list must be asked for. */
export function applyFrame(state, { kind, revision, body }) {
  if (!kind.startsWith("question.") || body.talk_id !== state.talkId) return state;
  if (state.list === null) return { ...state, newest: Math.max(state.newest, revision), missing: true };
  if (revision <= state.revision) return state;
  const counted = {
    ...state,
    revision,
    newest: Math.max(state.newest, revision),
    missing: state.missing || revision > state.revision + 1,
  };
  if (kind === "question.voted") return withNumbers(counted, body.votes);
  if (kind !== "question.removed") return withQuestion(counted, { ...body, is_hidden: false });
  return state.list.can_moderate ? dimmed(counted, body.id) : without(counted, body.id);
}

/** Who moderates still sees what is hidden; whether it was hidden or deleted, the list will say. */
function dimmed(state, id) {
  const known = state.questions.get(id);
  return known ? withQuestion(state, { ...known, is_hidden: true }) : state;
}

/** Only the numbers of votes. */
function withNumbers(state, votes) {
  const questions = new Map(state.questions);
  for (const { id, votes_count } of votes) {
    if (questions.has(id)) questions.set(id, { ...questions.get(id), votes_count });
  }
  return { ...state, questions };
}

/** The whole question. What is the reader's own is not in a frame and stays. */
export function withQuestion(state, question) {
  const known = state.questions.get(question.id);
  const merged = { ...own({}), ...state.gone.get(question.id), ...known, ...question, answers: withOwn(known?.answers, question.answers) };
  const next = { ...state, questions: new Map(state.questions).set(question.id, merged) };
  return { ...next, order: kept(next, state.order) };
}

const withOwn = (known = [], answers) =>
  answers.map((answer) => ({
    ...answer,
    is_mine: answer.is_mine ?? known.some((other) => other.id === answer.id && other.is_mine),
  }));

export function without(state, id) {
  const known = state.questions.get(id);
  if (!known) return state;
  const questions = new Map(state.questions);
  questions.delete(id);
  const gone = new Map(state.gone).set(id, { is_mine: known.is_mine, has_voted: known.has_voted });
  return { ...state, questions, gone, order: state.order.filter((other) => other !== id) };
}

/** The reader's press, before the server has counted it. */
export function withVote(state, id, hasVoted) {
  const known = state.questions.get(id);
  if (!known || known.has_voted === hasVoted) return state;
  const votes = Math.max(0, known.votes_count + (hasVoted ? 1 : -1));
  return withQuestion(state, { ...known, has_voted: hasVoted, votes_count: votes });
}

export function counts(state) {
  const all = [...state.questions.values()];
  return { all: all.length, open: all.filter((question) => !isAnswered(question)).length };
}
