// One polite line for screen readers, at most one in ten seconds: news that come meanwhile are told together.
const REST_MS = 10_000;

export class Speech {
  constructor(element) {
    Object.assign(this, { element, asked: 0, answered: false, saidAt: -Infinity, timer: null, isFirst: true });
  }

  newQuestion() {
    this.asked += 1;
    this.plan();
  }

  ownAnswered() {
    this.answered = true;
    this.plan();
  }

  /** What the person did themselves is said at once. */
  now(text) {
    this.saidAt = performance.now();
    this.element.textContent = text;
  }

  plan() {
    this.timer ??= setTimeout(() => this.tell(), Math.max(300, this.saidAt + REST_MS - performance.now()));
  }

  tell() {
    const parts = [];
    if (this.answered) parts.push(gettext("Your question was answered."));
    if (this.asked) {
      const text = ngettext("%(count)s new question", "%(count)s new questions", this.asked);
      parts.push(interpolate(text, { count: this.asked }, true));
    }
    Object.assign(this, { asked: 0, answered: false, timer: null });
    this.now(parts.join(" "));
  }

  forget() {
    clearTimeout(this.timer);
    Object.assign(this, { asked: 0, answered: false, timer: null });
  }
}
