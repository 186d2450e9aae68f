// The questions to a talk: list, voting, asking, answering and moderation, in the viewer and on the talk page.
//
//   const questions = new Questions(find("[data-questions]"));
//   questions.follow(talkId);            // another talk, or null for none. The first one's list is asked for at
//                                        // once, and so is that of one which a person chose; after a switch, when
//                                        // all viewers get here together, within 100 s or on the first touch
//   questions.frame(kind, revision, body); // each `question.*` frame of the socket; others are ignored
//   questions.connected(isOpen);         // optional: without a socket the list is asked for now and then
//
// The element is the one of templates/discussion/questions.html; it says by itself which event it is, and it announces
// by a status line of its own.
// Whoever follows a talk says {"follow": <talk id>} on the event's socket, before or after `follow`.
// A frame's revision is the talk's own count of changes: older ones are ignored, a jump is a gap, and then the
// list is asked for once, after a random wait.
// "questions:counted" bubbles from the element with {open, all} in its detail, for a number beside the tab.
export { Questions } from "./panel.js";
