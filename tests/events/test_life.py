import pytest

from events.enums import EventStatus
from events.errors import StepRefused
from events.models import Event, LifeChange
from events.rules import can_see_playback
from events.services.life import take_step
from events.states import STATUS_STEPS, SWITCH_STEPS, Verb
from tests.admin_pages import counters
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, RoleGrantFactory
from tests.races import at_once


@pytest.fixture
def actor(db):
    return UserFactory()


def log(event):
    return list(
        LifeChange.objects.filter(event=event).order_by("pk").values_list("verb", "before", "after", "actor")
    )


@pytest.mark.parametrize("verb", STATUS_STEPS)
def test_step_changes_the_status_tells_it_and_asks_again_who_may_watch(verb, actor):
    step = STATUS_STEPS[verb]
    event = EventFactory(status=step.before)
    take_step(event=event, verb=verb, actor=actor)
    assert (event.status, Event.objects.get().status) == (step.after, step.after)
    assert (counters(event), log(event)) == ((1, 1), [(verb, step.before, step.after, actor.pk)])


@pytest.mark.parametrize("verb", SWITCH_STEPS)
def test_switch_is_turned_and_told(verb, actor):
    step = SWITCH_STEPS[verb]
    event = EventFactory(status=EventStatus.ANNOUNCED, **{step.name: step.before})
    take_step(event=event, verb=verb, actor=actor)
    assert getattr(Event.objects.get(), step.name) is step.after
    assert (counters(event), log(event)) == ((1, 0), [(verb, str(step.before), str(step.after), actor.pk)])


ELSEWHERE = [
    (status, verb) for status in EventStatus for verb, step in STATUS_STEPS.items() if status != step.before
]


@pytest.mark.parametrize(("status", "verb"), ELSEWHERE)
def test_step_from_elsewhere_is_refused_and_leaves_no_trace(status, verb, actor):
    event = EventFactory(status=status)
    with pytest.raises(StepRefused):
        take_step(event=event, verb=verb, actor=actor)
    assert (Event.objects.get().status, counters(event), log(event)) == (status, (0, 0), [])


def test_second_of_two_organizers_is_refused(actor):
    event = EventFactory(status=EventStatus.ANNOUNCED)
    one, other = Event.objects.get(pk=event.pk), Event.objects.get(pk=event.pk)
    take_step(event=one, verb=Verb.OPEN, actor=actor)
    with pytest.raises(StepRefused):
        take_step(event=other, verb=Verb.TAKE_BACK, actor=UserFactory())
    assert [verb for verb, *_ in log(event)] == [Verb.OPEN]


def test_event_with_a_registration_is_not_taken_back(actor):
    event = RegistrationFactory(event__status=EventStatus.ANNOUNCED).event
    with pytest.raises(StepRefused):
        take_step(event=event, verb=Verb.TAKE_BACK, actor=actor)
    assert Event.objects.get().status == EventStatus.ANNOUNCED


def test_event_is_taken_back_though_people_are_registered_for_another(actor):
    RegistrationFactory(event__status=EventStatus.ANNOUNCED)
    event = EventFactory(status=EventStatus.ANNOUNCED)
    take_step(event=event, verb=Verb.TAKE_BACK, actor=actor)
    assert event.status == EventStatus.DRAFT


def test_opening_the_doors_ends_the_rehearsal(actor):
    event = EventFactory(status=EventStatus.ANNOUNCED, is_rehearsing=True)
    take_step(event=event, verb=Verb.OPEN, actor=actor)
    assert (event.is_rehearsing, [verb for verb, *_ in log(event)]) == (
        False,
        [Verb.OPEN, Verb.END_REHEARSAL],
    )


def test_rehearsal_is_not_begun_behind_open_doors(actor):
    event = EventFactory(status=EventStatus.OPENED)
    with pytest.raises(StepRefused):
        take_step(event=event, verb=Verb.BEGIN_REHEARSAL, actor=actor)


def test_rehearsal_shows_the_picture_to_staff_and_to_nobody_else(client, db):
    event = EventFactory(slug="harbour", status=EventStatus.ANNOUNCED, is_rehearsing=True)
    staff, guest = RoleGrantFactory(event=event).user, RegistrationFactory(event=event).user
    marks = []
    for person in (staff, guest):
        client.force_login(person)
        marks.append("data-rehearsal" in client.get("/harbour/ui").text)
    assert marks == [True, False]
    assert [can_see_playback(person, event) for person in (staff, guest)] == [True, False]


@pytest.mark.parametrize("status", [EventStatus.OPENED, EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_rehearsal_leaves_no_mark_once_the_doors_are_open(status):
    assert Event(status=status, is_rehearsing=True).is_in_rehearsal is False


@pytest.mark.django_db(transaction=True)
def test_of_six_who_press_at_once_one_opens_the_doors():
    event = EventFactory(status=EventStatus.ANNOUNCED)

    def press():
        try:
            take_step(event=Event.objects.get(pk=event.pk), verb=Verb.OPEN, actor=None)
        except StepRefused:
            return "refused"
        return "taken"

    assert sorted(at_once(press, 6)) == ["refused"] * 5 + ["taken"]
    assert (counters(event), len(log(event))) == ((1, 1), 1)
