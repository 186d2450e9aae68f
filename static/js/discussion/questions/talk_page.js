// The questions on a talk's own page. While the event is open they follow its socket (talks/talk.js); else the
// list is asked for now and then.
import { find } from "../../lib/dom.js";
import { Questions } from "./questions.js";

const root = find("[data-questions-of]");
const talkId = root ? Number(root.dataset.questionsOf) : null;
const questions = root ? new Questions(find("[data-questions]", root)) : null;
questions?.follow(talkId);

/** Hand the talk's frames on from a client of lib/socket.js. */
export function listenTo(live) {
  if (!questions) return;
  const { onFrame, onState } = live;
  live.onFrame = (frame) => {
    questions.frame(frame.kind, frame.revision, frame.body);
    return onFrame(frame);
  };
  live.onState = (status) => {
    questions.connected(status.connection === "open");
    onState(status);
  };
  live.say({ follow: talkId });
}
