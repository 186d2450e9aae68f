import pytest
from django.core.exceptions import ValidationError
from django.db.models import RestrictedError

from events.answers import clean_text
from events.errors import QuestionInUse
from events.models import Answer, Choice, Event, Question
from events.postal_codes import address_of
from events.preset import PRESET
from events.services.questions import (
    add_preset,
    archive_question,
    delete_choice,
    delete_question,
    save_answers,
    save_choice,
    save_question,
)
from tests.factories.events import EventFactory, QuestionFactory, RegistrationFactory


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        ("kana", "タナカ", "タナカ"),
        ("kana", "たなか", "タナカ"),
        ("kana", "ﾀﾅｶ", "タナカ"),
        ("kana", "ｶﾞﾌﾞﾘｴﾙ", "ガブリエル"),
        ("kana", "スミス　ジョン", "スミス ジョン"),
        ("kana", "マリー・アンジュ", "マリー・アンジュ"),
        ("postal_code", "1500002", "150-0002"),
        ("postal_code", "１５０ー０００２", "150-0002"),
        ("postal_code", "〒150-0002", "150-0002"),
        ("phone", "03-1234-5678", "0312345678"),
        ("phone", "０３（１２３４）５６７８", "0312345678"),
        ("phone", "+81 3 1234 5678", "+81312345678"),
        ("email", "Aoi@example.com", "Aoi@example.com"),
        ("email", "ａｏｉ@example.com", "aoi@example.com"),
        ("url", "https://example.com/a?b=1", "https://example.com/a?b=1"),
        ("", "anything ＠", "anything ＠"),
        ("kana", "", ""),
    ],
)
def test_answer_is_brought_into_the_form_in_which_it_is_kept(check, typed, kept):
    assert clean_text(typed, check) == kept


@pytest.mark.parametrize(
    ("check", "typed"),
    [
        ("kana", "田中"),
        ("kana", "Tanaka"),
        ("postal_code", "150-000"),
        ("postal_code", "15000022"),
        ("phone", "123"),
        ("phone", "03-abcd-5678"),
        ("email", "aoi@"),
        ("url", "javascript:alert(1)"),
        ("url", "ftp://example.com/"),
        ("url", "example"),
    ],
)
def test_answer_that_is_something_else_is_refused_with_an_example(check, typed):
    with pytest.raises(ValidationError, match=r"例|for example|like"):
        clean_text(typed, check)


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("150-0002", ("東京都", "渋谷区", "渋谷")),
        ("1638001", ("東京都", "新宿区", "西新宿2丁目8-1")),
        # Several towns share this one.
        ("4980000", ("愛知県", "弥富市", "")),
    ],
)
def test_postal_code_knows_its_address(code, address):
    found = address_of(code)
    assert (found.prefecture, found.city, found.street) == address


@pytest.mark.parametrize("code", ["0000000", "12", "abc", "", "'; drop table postal_data; --"])
def test_postal_code_that_does_not_exist_has_no_address(code):
    assert address_of(code) is None


@pytest.fixture
def question(db):
    return QuestionFactory(key="t_shirt", kind="choice")


@pytest.fixture
def choice(question):
    return Choice.objects.create(question=question, value="m", label_ja="M")


@pytest.fixture
def answer(question, choice):
    return Answer.objects.create(
        registration=RegistrationFactory(event=question.event), question=question, value="m"
    )


@pytest.mark.parametrize(("field", "value"), [("kind", "text"), ("key", "shirt")])
def test_answered_question_keeps_its_column_and_kind(question, answer, field, value):
    setattr(question, field, value)
    with pytest.raises(QuestionInUse):
        save_question(question)


@pytest.mark.parametrize(("field", "value"), [("kind", "text"), ("key", "shirt")])
def test_question_without_an_answer_may_become_another(question, field, value):
    setattr(question, field, value)
    save_question(question)
    assert getattr(Question.objects.get(), field) == value


def test_answered_question_may_get_other_words(question, answer):
    question.label_ja = "Tシャツの大きさ"
    save_question(question)
    assert Question.objects.get().label_ja == "Tシャツの大きさ"


def test_answered_question_is_archived_and_never_deleted(question, answer):
    with pytest.raises(QuestionInUse):
        delete_question(question)
    assert [archive_question(question), archive_question(question)] == [True, False]
    assert Answer.objects.get() == answer


def test_database_keeps_an_answered_question_too(question, answer):
    with pytest.raises(RestrictedError):
        question.delete()


def test_question_without_an_answer_is_deleted(question):
    delete_question(question)
    assert Question.objects.count() == 0


def test_event_goes_with_its_questions_and_answers(question, answer):
    question.event.delete()
    assert (Event.objects.count(), Answer.objects.count()) == (0, 0)


def test_chosen_value_stays(choice, answer):
    choice.value = "medium"
    with pytest.raises(QuestionInUse):
        save_choice(choice)
    with pytest.raises(QuestionInUse):
        delete_choice(Choice.objects.get())


def test_value_that_nobody_chose_goes(question, choice, answer):
    large = Choice.objects.create(question=question, value="l", label_ja="L")
    delete_choice(large)
    assert list(Choice.objects.all()) == [choice]


def test_empty_answer_is_none_and_others_are_left_alone(question, answer):
    other = QuestionFactory(event=question.event)
    save_answers(registration=answer.registration, answers={other.pk: "blue"})
    save_answers(registration=answer.registration, answers={question.pk: ""})
    assert list(Answer.objects.values_list("question", "value")) == [(other.pk, "blue")]


def test_answer_to_a_question_of_another_event_is_not_kept(answer):
    save_answers(registration=answer.registration, answers={QuestionFactory().pk: "x"})
    assert list(Answer.objects.all()) == [answer]


@pytest.mark.django_db
def test_preset_is_added_once():
    event = EventFactory()
    assert [add_preset(event=event), add_preset(event=event)] == [len(PRESET), 0]
    assert list(event.questions.values_list("key", flat=True)) == [row.key for row in PRESET]


@pytest.mark.django_db
def test_preset_leaves_what_is_there_and_adds_what_is_missing():
    event = EventFactory()
    own = QuestionFactory(event=event, key="company", label_ja="ご所属")
    add_preset(event=event)
    own.refresh_from_db()
    assert (own.label_ja, event.questions.count()) == ("ご所属", len(PRESET))


def test_preset_is_whole_in_both_languages():
    for row in PRESET:
        assert row.ja
        assert row.en
        assert bool(row.help_ja) == bool(row.help_en)
        assert len({value for value, _ja, _en in row.choices}) == len(row.choices)
        assert all(ja and en for _value, ja, en in row.choices)


def test_preset_knows_all_prefectures_by_the_names_of_the_post():
    [prefectures] = [row.choices for row in PRESET if row.key == "prefecture"]
    assert len(prefectures) == 48
    assert address_of("1500002").prefecture in {ja for _value, ja, _en in prefectures}
