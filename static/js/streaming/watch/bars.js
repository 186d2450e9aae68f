// The lines above the tracks: what the organizers announce, and whether this page still hears from the server.
import { find, setText, show } from "../../lib/dom.js";
import { keep, recall } from "../../lib/storage.js";

const PATIENCE_MS = 3_000;
const LEVELS = { notice: "bar", degraded: "bar off", fault: "bar fault" };

export class AnnouncementBar {
  constructor(root, times) {
    Object.assign(this, { bar: find("[data-announcement]", root), times });
    const close = find("[data-announcement-close]", root);
    show(close, true);
    close.addEventListener("click", () => this.close());
  }

  /** True when a text appeared that was not there before. */
  draw(announcement, trackId) {
    const isMeant = announcement && (announcement.track_id === null || announcement.track_id === trackId);
    const isShown = Boolean(isMeant) && recall("viewer:closed-announcement") !== keyOf(announcement);
    const wasShown = this.key;
    this.key = isShown ? keyOf(announcement) : null;
    show(this.bar, isShown);
    if (!isShown) return false;
    this.bar.className = LEVELS[announcement.level] ?? "bar";
    setText(find("[data-announcement-text]", this.bar), textOf(announcement));
    setText(find("[data-announcement-time]", this.bar), this.times.time(announcement.published_at));
    return wasShown !== undefined && wasShown !== this.key;
  }

  close() {
    keep("viewer:closed-announcement", this.key);
    show(this.bar, false);
  }
}

/** A changed text is a new announcement: it comes back after it was closed. */
const keyOf = (announcement) => `${announcement.id}:${textOf(announcement)}`;

export function textOf(announcement) {
  const text = announcement.text[document.documentElement.lang] ?? announcement.text.ja;
  if (announcement.audience === "on_site") return interpolate(gettext("At the venue: %(text)s"), { text }, true);
  return text;
}

export class OfflineBar {
  constructor(root, { times, now, retry }) {
    Object.assign(this, { bar: find("[data-offline]", root), times, now, status: null });
    find("[data-retry]", root).addEventListener("click", retry);
  }

  draw(status) {
    this.status = status;
    const isFine = status.connection === "open" || status.connection === "refused";
    if (isFine) {
      clearTimeout(this.timer);
      this.timer = null;
      show(this.bar, false);
    } else if (this.bar.hidden) {
      this.timer ??= setTimeout(() => this.appear(), PATIENCE_MS);
    } else {
      this.words();
    }
  }

  appear() {
    this.timer = null;
    this.words();
    show(this.bar, true);
  }

  words() {
    const isPolling = this.status.connection === "polling";
    const title = isPolling ? gettext("Live updates are interrupted.") : gettext("There is no connection.");
    setText(find("[data-offline-title]", this.bar), title);
    setText(find("[data-offline-text]", this.bar), isPolling ? gettext("The page asks again every 10 seconds.") : this.age());
  }

  age() {
    const heard = this.status.heardAt ? this.now() - (performance.now() - this.status.heardAt) : null;
    if (heard === null) return gettext("What you write is kept. We keep trying.");
    const text = gettext("What you see is as of %(time)s. What you write is kept.");
    return interpolate(text, { time: this.times.time(heard) }, true);
  }
}
