"""What a step makes visible to whom, in sentences, and what it would be good to do first."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.enums import EventStatus, TextKind
from events.models import Event
from events.states import STEPS, Verb, is_possible

OVER = {EventStatus.CLOSED, EventStatus.ARCHIVED}


@dataclass(frozen=True)
class Facts:
    """The numbers that the sentences need."""

    event: Event
    registered: int
    days: int
    tracks: int
    sponsors: int
    published: int
    drafts: int
    untimed: int
    texts: frozenset[str]


@dataclass(frozen=True)
class Gap:
    """Something that visitors would miss, and the page on which it is added."""

    is_missing: bool
    text: str
    page: str


@dataclass(frozen=True)
class Preview:
    verb: Verb
    effects: list[str]
    missing: list[Gap]
    # Why the step cannot be taken; empty when it can.
    refusal: str


def preview(event: Event, verb: Verb) -> Preview:
    facts = facts_of(event)
    missing = [gap for gap in _gaps(facts, verb) if gap.is_missing]
    return Preview(verb, EFFECTS[verb](facts) + _caveats(facts, verb), missing, _refusal(facts, verb))


def facts_of(event: Event) -> Facts:
    talks = (
        event.talks.exclude(kind="break")
        .filter(cancelled_at=None)
        .aggregate(
            published=Count("pk", filter=Q(is_published=True)),
            drafts=Count("pk", filter=Q(is_published=False)),
            untimed=Count("pk", filter=Q(is_published=True, starts_at=None)),
        )
    )
    return Facts(
        event=event,
        registered=event.registrations.count(),
        days=event.days.filter(is_internal=False).count(),
        tracks=event.tracks.count(),
        sponsors=event.sponsors.count(),
        texts=frozenset(event.texts.values_list("kind", flat=True)),
        **talks,
    )


def _refusal(facts: Facts, verb: Verb) -> str:
    if not is_possible(verb, vars(facts.event)):
        return _("This step does not start from where the event is now. Somebody may have taken it already.")
    if verb is Verb.TAKE_BACK and facts.registered:
        return ngettext(
            "%(count)s person is registered: the event is not taken back to a draft any more.",
            "%(count)s people are registered: the event is not taken back to a draft any more.",
            facts.registered,
        ) % _number(facts.registered)
    return ""


def _gaps(facts: Facts, verb: Verb) -> list[Gap]:
    """All that the step could be taken too early for, there or not."""
    event = facts.event
    frame = reverse("admin:events_event_change", args=[event.pk])
    talks_page = f"{reverse('admin:talks_talk_changelist')}?event__id__exact={event.pk}"
    show = reverse("admin:events_event_step", args=[event.pk, Verb.SHOW_TIMETABLE.value])
    sponsor = f"{reverse('admin:events_sponsor_add')}?event={event.pk}"
    days = Gap(not facts.days, _("The event has no days yet."), frame)
    tracks = Gap(not facts.tracks, _("The event has no tracks yet."), frame)
    about = Gap(not event.about, _("The text about the event is empty."), frame)
    talks = Gap(not facts.published, _("No talk is published yet."), talks_page)
    untimed = Gap(facts.untimed > 0, _untimed(facts.untimed), talks_page)
    hidden = Gap(not event.shows_timetable, _("The timetable is hidden."), show)
    sponsors = Gap(not facts.sponsors, _("There are no sponsors yet."), sponsor)
    words = [
        _text_gap(facts, TextKind.PRIVACY, _("There is no privacy policy yet.")),
        _text_gap(facts, TextKind.CONDUCT, _("There is no code of conduct yet.")),
    ]
    return {
        Verb.ANNOUNCE: [days, about, *words],
        Verb.OPEN: [days, tracks, talks, untimed, hidden],
        Verb.OPEN_REGISTRATION: [days, *words],
        Verb.OPEN_PROPOSALS: [days, about],
        Verb.SHOW_TIMETABLE: [days, tracks, talks, untimed],
        Verb.SHOW_SPONSORS: [sponsors],
    }.get(verb, [])


def _text_gap(facts: Facts, kind: TextKind, text: str) -> Gap:
    query = urlencode({"event": facts.event.pk, "kind": kind.value})
    return Gap(kind not in facts.texts, text, f"{reverse('admin:events_eventtext_add')}?{query}")


def _untimed(count: int) -> str:
    text = ngettext("%(count)s talk is without a time.", "%(count)s talks are without a time.", count)
    return text % _number(count)


def _number(count: int) -> dict[str, str]:
    return {"count": f"{count:,}"}


def _caveats(facts: Facts, verb: Verb) -> list[str]:
    """What keeps a switch from having its effect for the time being."""
    status = facts.event.status
    if STEPS[verb].after is not True or verb is Verb.BEGIN_REHEARSAL:
        return []
    if status == EventStatus.DRAFT:
        return [_("But the event is a draft: nobody but staff sees any of this until it is announced.")]
    if status in OVER and verb in {Verb.OPEN_REGISTRATION, Verb.OPEN_PROPOSALS}:
        return [_("But the event is over, so that nothing changes until it is opened once more.")]
    return []


def _announce(facts: Facts) -> list[str]:
    event = facts.event
    lines = [_("The event's page with name, days and texts becomes public and is listed on the front page.")]
    lines += _show_timetable(facts) if event.shows_timetable else [_("The timetable stays hidden.")]
    lines += _show_sponsors(facts) if event.shows_sponsors else [_("The sponsors stay hidden.")]
    lines += _open_registration(facts) if event.takes_registrations else [_("Nobody can register yet.")]
    lines += _open_proposals(facts) if event.takes_proposals else []
    return [*lines, _("The pictures stay closed to all but staff until the doors open.")]


def _take_back(facts: Facts) -> list[str]:
    return [_("The event and all of its pages disappear for everybody but staff.")]


def _open(facts: Facts) -> list[str]:
    lines = [
        _those_who_get_in(facts),
        _("Viewers that wait at the door go in by themselves within seconds."),
    ]
    text = ngettext(
        "The picture of %(count)s track can be watched.",
        "The pictures of %(count)s tracks can be watched.",
        facts.tracks,
    )
    lines += [text % _number(facts.tracks)]
    return [*lines, _("The rehearsal ends.")] if facts.event.is_rehearsing else lines


def _those_who_get_in(facts: Facts) -> str:
    if facts.event.is_open_to_all:
        return ngettext(
            "Everybody gets in, %(count)s registered person among them.",
            "Everybody gets in, %(count)s registered people among them.",
            facts.registered,
        ) % _number(facts.registered)
    return ngettext(
        "%(count)s registered person will get in, and besides only staff.",
        "%(count)s registered people will get in, and besides only staff.",
        facts.registered,
    ) % _number(facts.registered)


def _shut(facts: Facts) -> list[str]:
    text = ngettext(
        "The pictures stop for everybody but staff; %(count)s registered person waits at the door again.",
        "The pictures stop for everybody but staff; %(count)s registered people wait at the door again.",
        facts.registered,
    )
    return [text % _number(facts.registered)]


def _close(facts: Facts) -> list[str]:
    return [
        _("The viewer says that the event is over wherever no talk is on air."),
        _("Nobody can register any more."),
        _("The front page lists the event among the past ones, and its page leads to the recordings."),
    ]


def _reopen(facts: Facts) -> list[str]:
    lines = [_those_who_get_in(facts)]
    return [*lines, _("Everybody can register again.")] if facts.event.takes_registrations else lines


def _archive(facts: Facts) -> list[str]:
    return [
        _("The viewer shows no live picture any more, not even of a talk that is on air."),
        _("The programme and the recordings stay where they are, for the same people as now."),
    ]


def _unarchive(facts: Facts) -> list[str]:
    return [_("The viewer says that the event is over, and shows a talk that is on air.")]


def _open_registration(facts: Facts) -> list[str]:
    return [_("Everybody can register.")]


def _close_registration(facts: Facts) -> list[str]:
    text = ngettext(
        "Nobody can register any more; %(count)s registered person stays registered.",
        "Nobody can register any more; %(count)s registered people stay registered.",
        facts.registered,
    )
    return [text % _number(facts.registered)]


def _open_proposals(facts: Facts) -> list[str]:
    return [_("Everybody who is signed in can hand in proposals.")]


def _close_proposals(facts: Facts) -> list[str]:
    return [_("Nobody can hand in a proposal any more; those that were handed in stay.")]


def _show_timetable(facts: Facts) -> list[str]:
    text = ngettext(
        "The timetable with %(count)s talk becomes public.",
        "The timetable with %(count)s talks becomes public.",
        facts.published,
    )
    drafts = ngettext(
        "%(count)s talk that is not published stays hidden.",
        "%(count)s talks that are not published stay hidden.",
        facts.drafts,
    )
    lines = [text % _number(facts.published)]
    return [*lines, drafts % _number(facts.drafts)] if facts.drafts else lines


def _hide_timetable(facts: Facts) -> list[str]:
    text = ngettext(
        "The timetable with %(count)s talk is hidden from everybody but staff.",
        "The timetable with %(count)s talks is hidden from everybody but staff.",
        facts.published,
    )
    return [text % _number(facts.published)]


def _show_sponsors(facts: Facts) -> list[str]:
    text = ngettext("%(count)s sponsor is shown.", "%(count)s sponsors are shown.", facts.sponsors)
    return [text % _number(facts.sponsors)]


def _hide_sponsors(facts: Facts) -> list[str]:
    text = ngettext(
        "%(count)s sponsor is hidden from everybody but staff.",
        "%(count)s sponsors are hidden from everybody but staff.",
        facts.sponsors,
    )
    return [text % _number(facts.sponsors)]


def _begin_rehearsal(facts: Facts) -> list[str]:
    return [
        _("Staff see the viewer as after the opening, with the word “Rehearsal” above it."),
        _("Nobody else sees anything of it: visitors keep waiting at the door."),
    ]


def _end_rehearsal(facts: Facts) -> list[str]:
    return [_("The word “Rehearsal” disappears from the staff's viewer; nobody else notices.")]


EFFECTS: dict[Verb, Callable[[Facts], list[str]]] = {
    Verb.ANNOUNCE: _announce,
    Verb.TAKE_BACK: _take_back,
    Verb.OPEN: _open,
    Verb.SHUT: _shut,
    Verb.CLOSE: _close,
    Verb.REOPEN: _reopen,
    Verb.ARCHIVE: _archive,
    Verb.UNARCHIVE: _unarchive,
    Verb.OPEN_REGISTRATION: _open_registration,
    Verb.CLOSE_REGISTRATION: _close_registration,
    Verb.OPEN_PROPOSALS: _open_proposals,
    Verb.CLOSE_PROPOSALS: _close_proposals,
    Verb.SHOW_TIMETABLE: _show_timetable,
    Verb.HIDE_TIMETABLE: _hide_timetable,
    Verb.SHOW_SPONSORS: _show_sponsors,
    Verb.HIDE_SPONSORS: _hide_sponsors,
    Verb.BEGIN_REHEARSAL: _begin_rehearsal,
    Verb.END_REHEARSAL: _end_rehearsal,
}
