// What stands under the picture: the talk on air, else the one that comes next.
import { find, make, setAttribute, setText, show } from "../../lib/dom.js";
import { minutesLeft } from "../countdown.js";

const SWAP_MS = 220;
const allowsMotion = () => matchMedia("(prefers-reduced-motion: no-preference)").matches;

export class TalkView {
  constructor(root, { times, now }) {
    Object.assign(this, { root, times, now, shownId: undefined, next: null });
    const share = find("[data-share]", root);
    show(share, true);
    share.addEventListener("click", () => this.share());
    setInterval(() => this.count(), 1000);
  }

  /** `row` is the talk in the programme (people, abstract), null when it is not listed. */
  draw(track, rowOf) {
    const talk = track?.on_air ?? track?.next ?? null;
    const row = talk && rowOf(talk.talk_id);
    const isOther = talk?.talk_id !== this.shownId;
    const isFirst = this.shownId === undefined;
    this.shownId = talk?.talk_id;
    this.url = row?.url ?? null;
    this.words(track, talk, row);
    this.nextUp(track, rowOf);
    if (isOther && !isFirst && allowsMotion()) this.root.animate([{ opacity: 0 }, { opacity: 1 }], SWAP_MS);
  }

  words(track, talk, row) {
    const title = this.part("title");
    setText(title, talk?.title ?? track?.name ?? "");
    setAttribute(title, "lang", talk?.lang);
    show(this.part("live"), Boolean(track?.on_air && !track.card));
    show(this.part("held"), Boolean(track?.on_air && track.card));
    show(this.part("upcoming"), Boolean(talk) && !track.on_air);
    this.time(talk, row);
    this.viewers(track);
    this.people(talk, row);
    this.slides(talk?.slides_url ?? row?.slides_url ?? null);
    this.abstract(row);
  }

  part(name) {
    return find(`[data-${name}]`, this.root);
  }

  time(talk, row) {
    const [from, to] = [talk?.starts_at, talk?.ends_at ?? row?.ends_at];
    const place = this.part("time");
    setText(place, from ? (to ? this.times.span(from, to) : this.times.time(from)) : "");
    setAttribute(place, "datetime", from);
    const own = from && this.times.ownTime(from);
    show(this.part("own-time"), Boolean(own));
    if (own) setText(this.part("own-time"), interpolate(gettext("%(time)s your time"), { time: own }, true));
  }

  viewers(track) {
    const place = this.part("viewers");
    const count = track?.viewers ?? null;
    show(place, count !== null);
    if (count === null) return;
    const text = ngettext("%(count)s person is watching", "%(count)s people are watching", count);
    setText(find("span", place), interpolate(text, { count: count.toLocaleString() }, true));
  }

  /** The names come from the live document; the programme knows the rest about each. */
  people(talk, row) {
    const names = talk?.speakers ?? row?.speakers ?? [];
    const drawn = JSON.stringify([names, talk?.talk_id]);
    if (drawn === this.drawnPeople) return;
    this.drawnPeople = drawn;
    const people = names.map((name) => row?.people.find((person) => person.wire === name) ?? stranger(name));
    this.part("people").replaceChildren(...people.map((person) => chip(person, row?.url)));
  }

  slides(url) {
    show(this.part("slides"), url !== null);
    setAttribute(this.part("slides"), "href", url);
  }

  abstract(row) {
    const drawn = JSON.stringify([row?.abstract, row?.tags]);
    if (drawn === this.drawnAbstract) return;
    this.drawnAbstract = drawn;
    const paragraphs = (row?.abstract ?? "").split(/\n\s*\n/).filter((text) => text.trim());
    const tags = (row?.tags ?? []).map((tag) => make("span", {}, tag));
    const body = paragraphs.map((text) => make("p", { lang: row.lang }, text));
    this.part("abstract").replaceChildren(...body, ...(tags.length ? [make("p", { class: "tags" }, ...tags)] : []));
  }

  nextUp(track, rowOf) {
    this.next = track?.on_air ? track.next : null;
    show(this.part("next"), this.next !== null);
    if (this.next === null) return;
    setText(this.part("next-time"), this.times.time(this.next.starts_at));
    setText(this.part("next-title"), this.next.title);
    setAttribute(this.part("next-title"), "lang", this.next.lang);
    setText(this.part("next-people"), namesOf(rowOf(this.next.talk_id)));
    this.count();
  }

  count() {
    if (!this.next) return;
    const minutes = minutesLeft(Date.parse(this.next.starts_at) - this.now());
    const text = minutes ? ngettext("in %(count)s minute", "in %(count)s minutes", minutes) : gettext("now");
    setText(this.part("next-count"), interpolate(text, { count: minutes }, true));
  }

  async share() {
    const address = new URL(this.url ?? location.href, location.href).href;
    try {
      if (navigator.share) await navigator.share({ title: this.part("title").textContent, url: address });
      else await this.copy(address);
    } catch {
      // Closed without choosing: nothing to say.
    }
  }

  async copy(address) {
    await navigator.clipboard.writeText(address);
    this.root.dispatchEvent(new CustomEvent("watch:said", { bubbles: true, detail: gettext("The link is copied.") }));
  }
}

const stranger = (name) => ({ name, organisation: "", initials: [...name][0] ?? "?", picture: null });

export const namesOf = (row) => (row?.people ?? []).map((person) => person.name).join(gettext(", "));

function chip(person, url) {
  const face = person.picture
    ? make("img", { class: "ava", src: person.picture, width: 40, height: 40, alt: "" })
    : make("span", { class: "ava", "aria-hidden": "true" }, person.initials);
  const organisation = person.organisation ? make("small", {}, person.organisation) : null;
  const words = make("span", {}, make("b", {}, person.name), organisation);
  return make("li", {}, url ? make("a", { href: url }, face, words) : make("div", { class: "chip" }, face, words));
}
