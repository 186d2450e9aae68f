import pytest
from django.contrib.admin.models import LogEntry

from events.models import Answer, Choice, ConsentText, Question, Registration
from events.preset import PRESET
from events.services.places import set_places
from events.services.registration import register
from tests.admin_pages import drawn, page
from tests.admin_rows import organizer_of
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, QuestionFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = EventFactory(slug="ours")
    set_places(event=event, has_on_site=True, on_site_places=1, actor=None)
    return event


@pytest.fixture
def organizer(event, client):
    user = organizer_of(event)
    client.force_login(user)
    return user


def come(event, attendance="on_site"):
    return register(event=event, user=UserFactory(), attendance=attendance)


def act(client, action, *rows, **more):
    chosen = {"action": action, "agreed": len(rows), "_selected_action": [row.pk for row in rows], **more}
    return client.post(page("events_registration_changelist"), chosen)


def ways(event):
    rows = Registration.objects.filter(event=event).order_by("pk")
    return [(row.attendance, row.waiting_number) for row in rows]


def test_withdrawing_several_asks_first_and_hands_the_places_on(event, organizer, client):
    rows = [come(event) for _ in range(3)]
    act(client, "delete_selected", rows[0])
    assert Registration.objects.count() == 3
    act(client, "delete_selected", rows[0], post="yes")
    assert ways(event) == [("on_site", None), ("online", 2)]


def test_place_is_given_past_the_list(event, organizer, client):
    rows = [come(event) for _ in range(3)]
    act(client, "give_places", rows[2])
    event.refresh_from_db()
    assert (event.on_site_places, ways(event)) == (2, [("on_site", None), ("online", 1), ("on_site", None)])


def test_place_is_taken_back_and_goes_to_the_next(event, organizer, client):
    rows = [come(event) for _ in range(2)]
    act(client, "revoke_places", rows[0])
    assert ways(event) == [("online", None), ("on_site", None)]


def test_giving_a_place_where_there_are_none_is_refused_in_words(organizer, event, client):
    set_places(event=event, has_on_site=False, on_site_places=None, actor=None)
    answer = act(client, "give_places", come(event, "online"))
    assert (answer.status_code, ways(event)) == (302, [("online", None)])


@pytest.mark.parametrize(("place", "found"), [("held", [0]), ("waiting", [1]), ("none", [2])])
def test_list_is_filtered_by_place(event, organizer, client, place, found):
    rows = [come(event), come(event), come(event, "online")]
    answer = client.get(page("events_registration_changelist"), {"place": place})
    assert list(answer.context["cl"].result_list) == [rows[number] for number in found]


def test_page_of_a_registration_shows_the_answers_in_words(event, organizer, client):
    question = QuestionFactory(event=event, kind="choices", label_ja="日", label_en="Days")
    Choice.objects.create(question=question, value="one", label_ja="初日", label_en="First day")
    row = come(event)
    Answer.objects.create(registration=row, question=question, value=["one"])
    html = client.get(page("events_registration_change", row.pk)).content.decode()
    assert "初日" in html or "First day" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_as_often_for_three_as_for_one(
    event, organizer, client, rows, django_assert_num_queries
):
    for _ in range(rows):
        come(event)
    with django_assert_num_queries(16):
        client.get(page("events_registration_changelist"))


def settings_page(event):
    return page("events_registrationsettings_change", event.pk)


def test_more_places_go_to_those_who_wait(event, organizer, client):
    for _ in range(3):
        come(event)
    address = settings_page(event)
    assert client.post(address, drawn(client, address) | {"places": "2"}).status_code == 302
    assert ways(event) == [("on_site", None), ("on_site", None), ("online", 2)]
    assert LogEntry.objects.filter(user=organizer).count() == 1


def test_no_number_is_no_limit(event, organizer, client):
    address = settings_page(event)
    client.post(address, drawn(client, address) | {"places": ""})
    event.refresh_from_db()
    assert (event.has_on_site, event.on_site_places) == (True, None)


def test_wrong_number_is_said_and_nothing_is_lost(event, organizer, client):
    address = settings_page(event)
    answer = client.post(address, drawn(client, address) | {"places": "-5"})
    assert list(answer.context["errors"]) != []
    assert 'value="-5"' in answer.content.decode()
    event.refresh_from_db()
    assert event.on_site_places == 1


def test_preset_is_added_by_one_press(event, organizer, client):
    address = page("events_registrationsettings_preset", event.pk)
    for _ in range(2):
        assert client.post(address)["Location"] == settings_page(event)
    assert event.questions.count() == len(PRESET)


def test_preset_of_an_event_of_others_is_not_found(organizer, client):
    other = EventFactory(slug="theirs")
    assert client.post(page("events_registrationsettings_preset", other.pk)).status_code == 404
    assert other.questions.count() == 0


def test_looking_at_the_preset_adds_nothing(event, organizer, client):
    assert client.get(page("events_registrationsettings_preset", event.pk)).status_code == 405


def question_form(event, **fields):
    none = {f"choices-{name}": number for name, number in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))}
    told = {"label_ja": "服", "key": "t_shirt", "kind": "text", "max_length": 200, "group": "event"}
    return {"event": event.pk, "position": 1, **told, **none, **fields}


def test_question_is_made_with_its_choices(event, organizer, client):
    choices = {"choices-TOTAL_FORMS": 2}
    for number, value in enumerate(["s", "m"]):
        choices |= {f"choices-{number}-value": value, f"choices-{number}-label_ja": value.upper()}
        choices |= {f"choices-{number}-position": number}
    sent = question_form(event, kind="choice", **choices)
    assert client.post(page("events_question_add"), sent).status_code == 302
    assert list(Question.objects.get().choices.values_list("value", flat=True)) == ["s", "m"]


def test_question_of_choices_needs_one(event, organizer, client):
    answer = client.post(page("events_question_add"), question_form(event, kind="choice"))
    assert answer.status_code == 200
    assert Question.objects.count() == 0


@pytest.mark.parametrize("key", ["T-Shirt", "1st", "大きさ", "a b"])
def test_column_that_no_spreadsheet_likes_is_refused(event, organizer, client, key):
    answer = client.post(page("events_question_add"), question_form(event, key=key))
    assert list(answer.context["adminform"].form.errors) == ["key"]


def test_answered_question_shows_its_column_and_takes_other_words(event, organizer, client):
    question = QuestionFactory(event=event, key="team")
    Answer.objects.create(registration=come(event), question=question, value="x")
    address = page("events_question_change", question.pk)
    sent = drawn(client, address)
    assert {"key", "kind"} & set(sent) == set()
    client.post(address, sent | {"label_ja": "組", "kind": "choice", "key": "other"})
    question.refresh_from_db()
    assert (question.label_ja, question.key, question.kind) == ("組", "team", "text")


def test_answered_question_cannot_be_deleted(event, organizer, client):
    question = QuestionFactory(event=event)
    Answer.objects.create(registration=come(event), question=question, value="x")
    assert client.post(page("events_question_delete", question.pk), {"post": "yes"}).status_code == 403
    assert Question.objects.count() == 1


def test_chosen_value_cannot_be_changed_or_deleted(event, organizer, client):
    question = QuestionFactory(event=event, kind="choice")
    choice = Choice.objects.create(question=question, value="m", label_ja="M")
    Answer.objects.create(registration=come(event), question=question, value="m")
    address = page("events_question_change", question.pk)
    for change in ({"choices-0-value": "medium"}, {"choices-0-DELETE": "on"}):
        assert client.post(address, drawn(client, address) | change).status_code == 200
    choice.refresh_from_db()
    assert choice.value == "m"


def test_questions_are_archived_together(event, organizer, client):
    rows = [QuestionFactory(event=event) for _ in range(2)]
    chosen = {"action": "archive", "agreed": len(rows), "_selected_action": [row.pk for row in rows]}
    client.post(page("events_question_changelist"), chosen)
    assert Question.objects.filter(is_archived=True).count() == 2


def test_new_consent_text_is_published_beside_the_old_ones(event, organizer, client):
    for text in ("一", "二"):
        sent = drawn(client, page("events_consenttext_add")) | {"event": event.pk, "text_ja": text}
        assert client.post(page("events_consenttext_add"), sent).status_code == 302
    rows = ConsentText.objects.order_by("version").values_list("version", "text_ja", "author")
    assert list(rows) == [(1, "一", organizer.pk), (2, "二", organizer.pk)]


def test_published_text_can_be_neither_changed_nor_deleted(event, organizer, client):
    client.post(page("events_consenttext_add"), {"event": event.pk, "text_ja": "一", "text_en": ""})
    row = ConsentText.objects.get()
    for name in ("change", "delete"):
        answer = client.post(page(f"events_consenttext_{name}", row.pk), {"text_ja": "二", "post": "yes"})
        assert answer.status_code == 403
    row.refresh_from_db()
    assert row.text_ja == "一"


def test_registrations_of_others_are_beyond_every_action(event, organizer, client):
    other = RegistrationFactory(event=EventFactory(slug="theirs", has_on_site=True))
    for action in ("give_places", "revoke_places", "delete_selected"):
        act(client, action, other, post="yes")
    other.refresh_from_db()
    assert other.attendance == "online"
