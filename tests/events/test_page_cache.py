"""What strangers read is ready: no query while nothing changed, and nothing old once something did."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from events.enums import EventStatus
from events.models import LiveCounter
from events.page_cache import known_revisions, ready_pages
from events.services.frame import announce_frame, stored_event
from events.services.revision import touch
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    DayFactory,
    EventFactory,
    EventLinkFactory,
    EventTextFactory,
    TeamMemberFactory,
    TrackFactory,
)
from tests.factories.talks import TalkFactory

PAGES = ["/seaside/", "/seaside/timetables"]


@pytest.fixture
def event(db):
    event = EventFactory(slug="seaside", name_ja="潮騒")
    DayFactory(event=event, date=timezone.now().astimezone(event.zone).date())
    track = TrackFactory(event=event)
    for hour in range(60):
        start = timezone.now() + timedelta(minutes=hour)
        TalkFactory(event=event, track=track, starts_at=start, ends_at=start + timedelta(minutes=1))
    touch(event)
    return event


def heard(event, revision=1):
    known_revisions.note(event.slug, revision)


def change(event, **fields):
    before = stored_event(event)
    for name, value in fields.items():
        setattr(event, name, value)
    event.save()
    announce_frame(event=event, before=before)
    heard(event, LiveCounter.objects.get(event=event).revision)


@pytest.mark.parametrize("path", PAGES)
def test_second_stranger_costs_no_query(client, event, path, django_assert_num_queries):
    first = client.get(path)
    heard(event)
    with django_assert_num_queries(0):
        assert client.get(path).content == first.content


@pytest.mark.parametrize(
    "path", [*PAGES, "/seaside/sponsors", "/seaside/coc", "/seaside/links", "/seaside/team"]
)
def test_page_does_not_see_what_it_does_not_know(client, event, path, django_assert_num_queries):
    EventTextFactory(event=event)
    EventLinkFactory(event=event)
    TeamMemberFactory(event=event)
    first = client.get(path)
    heard(event)
    with django_assert_num_queries(0):
        again = client.get(f"{path}?utm_source=chat&q=&fbclid=1")
    assert (first.status_code, again.content) == (200, first.content)


def test_page_that_was_asked_for_with_marks_carries_none_of_them(client, event):
    assert "utm_source" not in client.get("/seaside/timetables?utm_source=chat").text


def test_order_of_what_a_page_knows_makes_no_other_page(client, event, django_assert_num_queries):
    first = client.get("/seaside/timetables?language=ja&level=beginner")
    heard(event)
    with django_assert_num_queries(0):
        again = client.get("/seaside/timetables?level=beginner&language=ja&category=")
    assert again.content == first.content


@pytest.mark.parametrize("path", PAGES)
def test_unchanged_page_answers_304(client, event, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=0, s-maxage=5, must-revalidate"


@pytest.mark.parametrize("path", PAGES)
def test_page_is_made_again_when_the_event_changed(client, event, path):
    etag = client.get(path)["ETag"]
    change(event, name_ja="波音")
    again = client.get(path, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert "波音" in again.content.decode()


def test_page_of_a_withdrawn_event_is_not_shown_any_longer(client, event):
    client.get("/seaside/")
    change(event, status=EventStatus.DRAFT)
    assert client.get("/seaside/").status_code == 404


def test_each_language_has_its_own_page(client, event):
    pages = [client.get("/seaside/", headers={"Accept-Language": lang}).content for lang in ("ja", "en")]
    again = [client.get("/seaside/", headers={"Accept-Language": lang}).content for lang in ("ja", "en")]
    assert pages == again
    assert pages[0] != pages[1]


def test_signed_in_person_never_gets_nor_leaves_the_page_of_strangers(client, event):
    stranger = client.get("/seaside/").content
    person = UserFactory(name="Aoi Hama")
    client.force_login(person)
    own = client.get("/seaside/")
    assert "Aoi Hama" in own.content.decode()
    assert "public" not in own.get("Cache-Control", "")
    client.logout()
    assert client.get("/seaside/").content == stranger
    assert User.objects.count() == 1


def test_page_without_an_event_is_not_kept(client, db):
    assert client.get("/nowhere/").status_code == 404
    EventFactory(slug="nowhere")
    assert client.get("/nowhere/").status_code == 200


def test_memory_holds_no_more_than_its_share(event):
    for number in range(600):
        ready_pages.keep(("host", str(number)), b"page", 1)
    assert ready_pages.find(("host", "99"), 1) is None
    assert ready_pages.find(("host", "100"), 1).body == b"page"


def test_revision_is_asked_again_once_it_is_a_second_old(event, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [known_revisions.of("seaside"), known_revisions.of("seaside")] == [1, 1]


@pytest.mark.parametrize("path", PAGES)
def test_page_carries_nothing_of_one_visitor(client, event, path):
    assert "csrfmiddlewaretoken" not in client.get(path).content.decode()
