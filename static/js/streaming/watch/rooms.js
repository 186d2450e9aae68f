// Questions and chat beside the picture: both follow what is shown, and hear the frames of the one socket.
import { Chat } from "../../discussion/chat/chat.js";
import { Questions } from "../../discussion/questions/questions.js";
import { find, setText } from "../../lib/dom.js";

const KINDS = /^(question|message)\./;

export const isOfRooms = (kind) => KINDS.test(kind);

export class Rooms {
  /** `say` sends a wish on the socket; `offer(name, isThere)` shows or hides a tab of the panel. */
  constructor(root, { say, offer }) {
    this.say = say;
    this.questions = new Questions(find("[data-questions]", root));
    this.chat = new Chat(find("[data-chat]", root));
    root.addEventListener("questions:counted", ({ detail }) => count(find("[data-count-questions]", root), detail.all));
    root.addEventListener("chat:unread", ({ detail }) => count(find("[data-count-chat]", root), detail.count));
    root.addEventListener("chat:available", ({ detail }) => offer("chat", detail.isOn));
    root.addEventListener("panel:chosen", ({ detail }) => this.chat.looked(detail.name === "chat"));
  }

  /** The talk that is on air or comes next, and the room of its track. */
  show(track) {
    const talkId = (track?.on_air ?? track?.next)?.talk_id ?? null;
    if (talkId !== this.talkId) {
      this.talkId = talkId;
      this.say({ follow: talkId });
      this.questions.follow(talkId);
    }
    if (track && track.id !== this.trackId) {
      this.trackId = track.id;
      this.say({ room: track.id });
      this.chat.enter(track.id);
    }
  }

  frame({ kind, revision, body }) {
    this.questions.frame(kind, revision, body);
    this.chat.frame(kind, revision, body);
  }

  connected(isOpen) {
    this.questions.connected(isOpen);
    this.chat.connected(isOpen);
  }
}

function count(place, number) {
  setText(place, number ? number.toLocaleString() : "");
}
