// What the player says in each state: one sentence of fact, one of consequence, at most one button.
//
// `context` gives `time(moment)` in the event's zone, `pictureAt` (when the last frame was shown, or null) and
// the addresses of the buttons; `facts.refusal` is the code that the socket closed with.

const SIGNED_OUT = 4401;

const soon = () => gettext("It starts by itself. You can leave this page open.");

const WORDS = {
  refused: (facts, context) =>
    facts.refusal === SIGNED_OUT
      ? {
          title: gettext("You are no longer signed in"),
          text: gettext("Sign in again to go on watching. You come back to this track."),
          action: { label: gettext("Sign in"), href: context.loginUrl },
        }
      : {
          title: gettext("You can no longer watch this conference"),
          text: gettext("Only registered people can watch, and your registration has ended."),
          action: { label: gettext("Register"), href: context.registrationUrl },
        },
  no_track: () => ({
    title: gettext("There is no track yet"),
    text: gettext("The organizers have not published any."),
  }),
  before: (facts, context) => ({
    title: gettext("The doors are not open yet"),
    countTo: context.firstStart ?? facts.track.next?.starts_at ?? null,
    text: soon(),
  }),
  preparing: () => ({
    title: gettext("The picture is being prepared"),
    text: soon(),
  }),
  not_started: () => ({
    title: gettext("The picture has not arrived yet"),
    text: soon(),
  }),
  waiting: (facts, context) => ({
    title: gettext("Starting soon"),
    countTo: facts.track.next?.starts_at ?? null,
    talk: facts.track.next,
    at: facts.track.next && context.time(facts.track.next.starts_at),
  }),
  finished: () => ({
    title: gettext("Nothing more is planned on this track"),
    text: gettext("The other tracks may still be running."),
  }),
  break: (facts, context) => ({
    title: gettext("We are having a break"),
    text: facts.track.next
      ? interpolate(gettext("It goes on at %(time)s."), { time: context.time(facts.track.next.starts_at) }, true)
      : gettext("It goes on by itself."),
  }),
  technical: () => ({
    title: gettext("The picture is being repaired"),
    text: gettext("It comes back by itself. You can stay on this page."),
  }),
  ended: (facts, context) => ({
    title: gettext("The conference has ended"),
    text: gettext("Recordings appear on the pages of the talks."),
    action: context.talksUrl && { label: gettext("Go to the talks"), href: context.talksUrl },
  }),
  archive: (facts, context) => ({
    title: gettext("Watch the recordings"),
    text: gettext("Each talk has its recording on its own page."),
    action: context.talksUrl && { label: gettext("Go to the talks"), href: context.talksUrl },
  }),
  reconnecting: () => ({
    title: gettext("The picture has stopped"),
    text: gettext("We keep trying. It comes back by itself."),
    action: { label: gettext("Try now"), does: "retry" },
  }),
  offline: (facts, context) => ({
    title: gettext("There is no connection"),
    text: context.pictureAt
      ? interpolate(gettext("It goes on by itself. What you see is from %(time)s."), { time: context.time(context.pictureAt) }, true)
      : gettext("It goes on by itself when the connection is back."),
    action: { label: gettext("Try now"), does: "retry" },
  }),
  blocked: () => ({
    title: gettext("Press to watch"),
    action: { label: gettext("Play"), does: "play", icon: "play" },
  }),
  loading: () => ({ title: gettext("Loading") }),
  stalled: () => ({ title: gettext("Loading") }),
};

const LISTENING = () => ({
  title: gettext("Sound only"),
  text: gettext("The picture is switched off to save data."),
  action: { label: gettext("Show the picture"), does: "picture" },
});

export function wordsFor(answer, facts, context) {
  if (answer.overlay === null) return null;
  if (answer.overlay === "listen") return LISTENING();
  return WORDS[answer.state](facts, context);
}
