// One line above the text field: why somebody cannot write, or how the room is set.
import { find, setText, show } from "../../lib/dom.js";

export class Notes {
  constructor(root) {
    this.line = find("[data-chat-note]", root);
    this.signIn = find("[data-chat-sign-in]", root);
    this.register = find("[data-chat-register]", root);
    this.isShut = false;
  }

  draw({ room, me }) {
    if (!room) return;
    this.isShut = Boolean(me?.silence) || (!room.is_open && !me?.can_moderate);
    const words = wordsOf(room, me);
    setText(this.line, words);
    show(this.line, Boolean(words));
    show(this.signIn, !me?.signed_in);
    show(this.register, Boolean(me?.signed_in) && !me.can_write);
  }

  failed() {
    setText(this.line, gettext("The chat could not be loaded. It is tried again by itself."));
    show(this.line, true);
  }
}

function wordsOf(room, me) {
  if (me?.silence) return interpolate(gettext("The organizers have silenced you: %(reason)s"), { reason: me.silence.reason }, true);
  if (!room.is_open) return gettext("The chat takes no messages at the moment.");
  if (room.approve_first) return gettext("Messages appear once a moderator has approved them.");
  if (!room.slow_seconds) return "";
  const words = ngettext("Slow mode: one message every %(count)s second", "Slow mode: one message every %(count)s seconds", room.slow_seconds);
  return interpolate(words, { count: room.slow_seconds }, true);
}
