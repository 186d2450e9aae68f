// The chat of a track, in the viewer's panel.
//
//   const chat = new Chat(find("[data-chat]"));
//   chat.enter(trackId);                  // the room of a track, or null for none; asks for its newest messages once
//   chat.frame(kind, revision, body);     // every frame of the socket may be handed in; only `message.*` is read
//   chat.connected(isOpen);               // the socket came or went: without one the room is asked for now and then
//   chat.looked(isVisible);               // optional: whether the tab is open; new messages are counted while it is not
//
// The element is the one of templates/discussion/chat.html; it knows its event by itself. Whoever is in the room of a
// track says {"room": <track id>} on the event's socket, before or after `enter`, and {"room": null} on leaving.
//
// Two events bubble from the element:
//   "chat:available"  {isOn}    whether the organizers have switched the chat on. The tab starts hidden; show it by this.
//   "chat:unread"     {count}   for a number beside the tab.
//
// A frame's revision is the room's own count of changes, and its body says after which count it begins: a frame that
// begins later than what is known is a gap, and what is missing is asked for once, after a random wait.
export { Chat } from "./panel.js";
