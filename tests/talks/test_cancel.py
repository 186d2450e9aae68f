"""A talk does not take place, or does after all; what it means is said first."""

import pytest
from django.urls import reverse

from talks.models import ProgrammeChange, Talk
from talks.services.cancelling import cancel_talk, reinstate_talk
from tests.admin_pages import counters
from tests.admin_rows import organizer_of
from tests.factories.accounts import UserFactory
from tests.talks.drafted_day import DraftedDay, at


@pytest.fixture
def day(db):
    return DraftedDay()


@pytest.fixture
def lanterns(day):
    return day.talk("Lanterns", at(10), at(10, 40))


@pytest.fixture
def page(day, lanterns, client):
    client.force_login(organizer_of(day.event))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return reverse("admin:talks_timetable_cancel", args=[day.event.slug, lanterns.pk])


def test_cancelling_is_kept_told_and_leaves_the_talk_listed(day, lanterns):
    actor = UserFactory()
    assert cancel_talk(talk=lanterns, actor=actor) is True
    lanterns.refresh_from_db()
    assert (lanterns.is_cancelled, lanterns.is_published, lanterns.starts_at) == (True, True, at(10))
    changes = ProgrammeChange.objects.values_list("field", "before", "after", "actor")
    assert list(changes) == [("is_cancelled", "False", "True", actor.pk)]
    assert counters(day.event)[0] == 1


def test_cancelling_twice_changes_nothing_more(day, lanterns):
    cancel_talk(talk=lanterns, actor=None)
    assert cancel_talk(talk=lanterns, actor=None) is False
    assert (ProgrammeChange.objects.count(), counters(day.event)[0]) == (1, 1)


def test_a_cancelled_talk_is_reinstated(lanterns):
    cancel_talk(talk=lanterns, actor=None)
    assert reinstate_talk(talk=lanterns, actor=None) is True
    assert reinstate_talk(talk=lanterns, actor=None) is False
    assert Talk.objects.get().is_cancelled is False


def test_the_page_says_what_it_means_and_changes_nothing(page, client, lanterns):
    answer = client.get(page)
    assert "It stays in the timetable, marked as cancelled" in answer.content.decode()
    assert Talk.objects.get().is_cancelled is False


def test_the_page_cancels_and_offers_the_way_back(page, client, lanterns):
    assert client.post(page).status_code == 302
    assert Talk.objects.get().is_cancelled is True
    assert "Reinstate the talk" in client.get(page).content.decode()
    client.post(page)
    assert Talk.objects.get().is_cancelled is False
