import re

import pytest
from django.utils import translation

from accounts.models import User
from accounts.services.limits import POSTAL_CODES_PER_PERSON
from events.consent import CONSENT_VERSION
from events.models import Answer, Choice, Registration
from events.services.consent import publish_consent
from events.services.places import set_places
from events.services.questions import add_preset, archive_question
from events.services.registration import register
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, QuestionFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
FORM = {"name": "Aoi", "attendance": "online", "consent": "on"}
PRESET_ANSWERS = {
    "q_family_name": "田中",
    "q_given_name": "葵",
    "q_family_name_kana": "たなか",
    "q_given_name_kana": "ｱｵｲ",
    "q_company": "港のソフトウェア",
    "q_postal_code": "1500002",
    "q_prefecture": "tokyo",
    "q_city": "渋谷区",
    "q_street": "渋谷1-2-3",
    "q_phone": "03-1234-5678",
    "q_industry": "software",
    "q_occupation": "sre",
    "q_employees": "51_100",
}
URL = "/cndt/registration"


@pytest.fixture
def event():
    return EventFactory(slug="cndt", has_on_site=True)


@pytest.fixture
def person(client):
    person = UserFactory(name="")
    client.force_login(person)
    return person


def given():
    return {answer.question.key: answer.value for answer in Answer.objects.select_related("question")}


def test_preset_is_answered_and_kept_in_one_form(client, event, person):
    add_preset(event=event)
    sent = {**PRESET_ANSWERS, "attendance": "online", "consent": "on"}
    assert client.post(URL, sent)["Location"] == URL
    kept = given()
    assert (kept["family_name_kana"], kept["given_name_kana"]) == ("タナカ", "アオイ")
    assert (kept["postal_code"], kept["phone"], kept["prefecture"]) == ("150-0002", "0312345678", "tokyo")
    assert "building" not in kept
    assert User.objects.get().name == "田中 葵"


def test_summary_of_errors_ends_with_the_consent_as_the_page_does(client, event, person):
    add_preset(event=event)
    form = client.post(URL, {}).context["form"]
    wrong = [field.name for field in form if field.errors]
    assert (wrong[0], wrong[-2:]) == ("q_family_name", ["attendance", "consent"])


def test_wrong_answer_is_named_and_nothing_typed_is_lost(client, event, person):
    add_preset(event=event)
    sent = {**PRESET_ANSWERS, "attendance": "online", "consent": "on", "q_family_name_kana": "田中"}
    page = client.post(URL, sent)
    assert list(page.context["form"].errors) == ["q_family_name_kana"]
    html = page.content.decode()
    assert 'value="港のソフトウェア"' in html
    assert '<option value="sre" selected>' in html
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(("language", "words"), [("ja", "会社"), ("en", "Company or school")])
def test_questions_are_asked_in_the_language_of_the_page(client, event, person, language, words):
    add_preset(event=event)
    with translation.override(language):
        page = client.get(URL, headers={"accept-language": language}).content.decode()
    assert words in page


def test_answers_can_be_changed(client, event, person):
    question = QuestionFactory(event=event, key="team", is_required=True)
    client.post(URL, {**FORM, "q_team": "blue"})
    assert 'value="blue"' in client.get(URL).content.decode()
    client.post(URL, {**FORM, "q_team": "green"})
    assert list(Answer.objects.values_list("question", "value")) == [(question.pk, "green")]


def test_several_choices_are_kept_as_a_list(client, event, person):
    question = QuestionFactory(event=event, key="days", kind="choices")
    Choice.objects.bulk_create(
        Choice(question=question, value=v, label_ja=v) for v in ("one", "two", "three")
    )
    client.post(URL, {**FORM, "q_days": ["one", "three"]})
    assert given() == {"days": ["one", "three"]}


def test_value_that_is_not_offered_is_refused(client, event, person):
    question = QuestionFactory(event=event, key="size", kind="choice")
    Choice.objects.create(question=question, value="m", label_ja="M")
    page = client.post(URL, {**FORM, "q_size": "xxl"})
    assert list(page.context["form"].errors) == ["q_size"]


def test_archived_question_is_not_asked_and_its_answer_stays(client, event, person):
    question = QuestionFactory(event=event, key="team", is_required=True)
    client.post(URL, {**FORM, "q_team": "blue"})
    archive_question(question)
    assert 'name="q_team"' not in client.get(URL).content.decode()
    client.post(URL, FORM)
    assert given() == {"team": "blue"}


def test_too_long_an_answer_is_refused(client, event, person):
    QuestionFactory(event=event, key="team", max_length=5)
    page = client.post(URL, {**FORM, "q_team": "123456"})
    assert list(page.context["form"].errors) == ["q_team"]


def test_when_all_places_are_taken_the_form_says_so_and_the_person_waits(client, event, person):
    set_places(event=event, has_on_site=True, on_site_places=1, actor=None)
    register(event=event, user=UserFactory(), attendance="on_site")
    assert (
        "満" in client.get(URL).content.decode() or "All places are taken" in client.get(URL).content.decode()
    )
    client.post(URL, {**FORM, "attendance": "on_site"})
    row = Registration.objects.get(user=person)
    assert (row.attendance, row.waiting_number) == ("online", 1)
    assert client.get(URL).context["position"] == 1


def test_when_registration_is_closed_a_place_cannot_be_taken_any_more(client, event, person):
    RegistrationFactory(event=event, user=person, consent_version=CONSENT_VERSION)
    event.takes_registrations = False
    event.save()
    page = client.post(URL, {**FORM, "attendance": "on_site"})
    assert list(page.context["form"].errors) == ["attendance"]
    assert Registration.objects.get().attendance == "online"


def test_event_without_an_own_text_asks_for_the_built_in_consent(client, event, person):
    client.post(URL, FORM)
    assert Registration.objects.get().consent_version == CONSENT_VERSION


def test_own_text_is_shown_as_markdown_and_its_version_kept(client, event, person):
    publish_consent(event=event, text_ja="**大切**な約束<script>", text_en="", actor=None)
    assert "<strong>大切</strong>な約束" in client.get(URL).content.decode()
    client.post(URL, {**FORM, "consent_version": "1"})
    assert Registration.objects.get().consent_version == "1"


def test_text_that_changed_under_the_reader_is_read_again(client, event, person):
    publish_consent(event=event, text_ja="新しい", text_en="", actor=None)
    page = client.post(URL, {**FORM, "consent_version": CONSENT_VERSION})
    html = page.content.decode()
    assert list(page.context["form"].errors) == ["consent"]
    assert 'name="consent_version" value="1"' in html
    assert 'value="Aoi"' in html
    assert "checked" not in html[html.index('name="consent"') - 80 : html.index('name="consent"') + 200]


def test_changed_text_is_agreed_to_before_the_next_change(client, event, person):
    client.post(URL, FORM)
    publish_consent(event=event, text_ja="新しい", text_en="", actor=None)
    without = {"name": "Aoi", "attendance": "online"}
    assert list(client.post(URL, without).context["form"].errors) == ["consent"]
    client.post(URL, {**without, "consent": "on", "consent_version": "1"})
    assert Registration.objects.get().consent_version == "1"
    assert client.post(URL, without).status_code == 302


def test_versions_count_up_and_the_texts_stay(event):
    rows = [publish_consent(event=event, text_ja=text, text_en="", actor=None) for text in ("一", "二")]
    assert [(row.version, row.text_ja) for row in rows] == [(1, "一"), (2, "二")]


def address(client, code):
    return client.get("/cndt/registration/address", {"postal_code": code})


def test_postal_code_fills_in_the_address_of_the_form(client, event, person):
    add_preset(event=event)
    answer = address(client, "1500002")
    assert answer.json() == {"address-level1": "tokyo", "address-level2": "渋谷区", "address-line1": "渋谷"}
    assert "no-store" in answer["Cache-Control"]


def test_unknown_postal_code_is_not_found(client, event, person):
    assert address(client, "0000000").status_code == 404


def test_postal_codes_are_for_people_who_are_signed_in(client, event):
    assert address(client, "1500002").status_code == 401


def test_postal_codes_are_limited_for_each_person(client, event, person):
    answers = [address(client, "0000000").status_code for _ in range(POSTAL_CODES_PER_PERSON.uses + 1)]
    assert answers == [404] * POSTAL_CODES_PER_PERSON.uses + [429]


@pytest.mark.parametrize("questions", [1, 3])
def test_form_asks_the_database_as_often_for_three_questions_as_for_one(
    client, event, person, questions, django_assert_num_queries
):
    for _ in range(questions):
        QuestionFactory(event=event, kind="choice")
    with django_assert_num_queries(7):
        client.get(URL)


ABROAD_ANSWERS = PRESET_ANSWERS | {
    "q_family_name_kana": "",
    "q_given_name_kana": "Mary",
    "q_prefecture": "abroad",
    "q_postal_code": "SW1A 1AA",
    "q_city": "",
    "q_street": "",
    "q_phone": "+44 20 7946 0000",
}


def test_somebody_outside_japan_can_register(client, event, person):
    add_preset(event=event)
    answer = client.post(URL, {**ABROAD_ANSWERS, "attendance": "online", "consent": "on"})
    assert answer.status_code == 302
    kept = given()
    assert (kept["postal_code"], kept["given_name_kana"], "city" in kept) == ("SW1A 1AA", "Mary", False)


def test_somebody_outside_japan_can_change_what_they_said(client, event, person):
    add_preset(event=event)
    client.post(URL, {**ABROAD_ANSWERS, "attendance": "online", "consent": "on"})
    assert client.post(URL, {**ABROAD_ANSWERS, "attendance": "online", "q_city": "London"}).status_code == 302
    assert given()["city"] == "London"


def test_in_japan_the_address_is_asked_for_as_before(client, event, person):
    add_preset(event=event)
    page = client.post(
        URL, {**ABROAD_ANSWERS, "q_prefecture": "tokyo", "attendance": "online", "consent": "on"}
    )
    assert list(page.context["form"].errors) == [
        "q_family_name_kana",
        "q_given_name_kana",
        "q_postal_code",
        "q_city",
        "q_street",
    ]


def test_empty_form_names_each_field_once_and_leads_to_it(client, event, person):
    add_preset(event=event)
    text = client.post(URL, {}, headers={"accept-language": "en"}).content.decode()
    summary = text.partition('<div class="faults"')[2].partition("</div>")[0]
    fields = re.findall(r'<a href="#([^"]+)">', summary)
    assert len(fields) == len(set(fields)) > 10
    assert [name for name in fields if f'id="{name}"' not in text] == []
    assert ("Company or school: Please fill this in." in summary, "This field is required" in text) == (
        True,
        False,
    )


def test_one_missing_answer_of_a_long_form_is_told_on_top(client, event, person):
    text = client.post(URL, FORM | {"consent": ""}).content.decode()
    assert '<a href="#id_consent">' in text
