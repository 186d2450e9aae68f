"""What strangers read where there is no page: in a public event with its name and its own ways on."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import Http404
from django.test import RequestFactory

from events.enums import EventStatus
from events.views.lost import bad_request, forbidden, not_found
from tests.factories.events import EventFactory

LOST = "/seaside/no/such/page"
SAYS = {"ja": "潮騒", "en": "Seaside"}


@pytest.fixture
def event(db):
    return EventFactory(slug="seaside", name_ja="潮騒", name_en="Seaside")


def text(client, path, lang="en"):
    answer = client.get(path, headers={"Accept-Language": lang})
    assert answer.status_code == 404
    return answer.content.decode()


@pytest.mark.parametrize("path", [LOST, "/seaside/talks/4711", "/seaside/coc"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_lost_page_names_the_event_and_offers_its_pages(client, event, path, lang):
    page = text(client, path, lang)
    assert f"| {SAYS[lang]}</title>" in page
    ways = [f'href="/seaside/{name}"' in page for name in ("", "timetables", "talks")]
    assert [*ways, 'action="/seaside/talks"' in page, event.theme_hash in page] == [True] * 5


def test_lost_page_offers_nothing_that_is_not_public(client, event):
    event.shows_timetable = False
    event.save()
    assert [word in text(client, LOST) for word in ("/seaside/timetables", "/seaside/talks")] == [
        False,
        False,
    ]


def test_lost_page_does_not_tell_that_there_is_a_draft(client, event):
    event.status = EventStatus.DRAFT
    event.save()
    assert text(client, LOST) == text(client, LOST.replace("seaside", "nowhere")).replace(
        "nowhere", "seaside"
    )


def test_lost_page_of_the_site_costs_no_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        text(client, "/api/nothing/at/all")


def test_lost_page_is_there_without_a_database(event):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE events_event RENAME TO events_event_gone")
    answer = not_found(RequestFactory().get(LOST), Http404())
    assert (answer.status_code, b"<h1>" in answer.content) == (404, True)


@pytest.mark.parametrize(
    ("handler", "error", "status"),
    [(bad_request, SuspiciousOperation(), 400), (forbidden, PermissionDenied(), 403)],
)
def test_other_refusals_name_the_event_too(rf, event, handler, error, status):
    answer = handler(rf.get("/seaside/talks"), error)
    assert (answer.status_code, 'href="/seaside/timetables"' in answer.content.decode()) == (status, True)
