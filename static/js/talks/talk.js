// The talk page: LIVE badge and "watch now" while the event is open, its questions, and the visitor's own time.
import { find } from "../lib/dom.js";
import { listenTo } from "../discussion/questions/talk_page.js";
import { followEvent, showBadges } from "../events/live_badges.js";
import { showOwnTime } from "../events/own_time.js";

const talk = find(".talk[data-event]");
if (talk?.dataset.phase === "open") {
  listenTo(followEvent(talk.dataset.event, (state) => showBadges(state, talk)));
}
if (talk) showOwnTime(talk.dataset.zone, "[data-own-time]");
