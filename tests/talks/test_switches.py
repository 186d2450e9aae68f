"""What the organizers have not made public is neither shown nor linked, whatever its address."""

import pytest
from django.utils import timezone

from events.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    EventFactory,
    RoleGrantFactory,
    SponsorFactory,
    SponsorTierFactory,
    TrackFactory,
)
from tests.factories.talks import TalkFactory

PROGRAMME = ["/harbour/timetables", "/harbour/talks", "/harbour/speakers"]


@pytest.fixture
def hidden(db):
    switches = {"takes_registrations": False, "shows_timetable": False, "shows_sponsors": False}
    return EventFactory(slug="harbour", status="announced", **switches)


@pytest.fixture
def talk(hidden):
    return TalkFactory(event=hidden, track=TrackFactory(event=hidden), is_published=True)


@pytest.mark.parametrize("path", [*PROGRAMME, "/harbour/sponsors"])
def test_hidden_page_says_that_it_is_not_published_yet(client, hidden, path):
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "This is not published yet" in answer.text


def test_hidden_talk_is_not_shown(client, talk):
    assert client.get(talk.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("path", [*PROGRAMME, "/harbour/sponsors"])
def test_staff_see_what_is_hidden(client, hidden, path):
    user = UserFactory()
    RoleGrantFactory(event=hidden, user=user, role=Role.BROADCASTER)
    client.force_login(user)
    assert client.get(path).status_code == 200


def test_landing_page_leads_to_nothing_that_is_hidden(client, talk, hidden):
    SponsorFactory(event=hidden, tier=SponsorTierFactory(event=hidden), name="Quiet Ltd")
    page = client.get("/harbour/").text
    for path in [*PROGRAMME, "/harbour/sponsors", "/harbour/registration"]:
        assert f'href="{path}"' not in page
    assert "Quiet Ltd" not in page


@pytest.mark.parametrize("is_cancelled", [True, False])
@pytest.mark.parametrize("path", ["/harbour/talks", "/harbour/talks/{pk}", "/harbour/timetables"])
def test_only_a_cancelled_talk_is_said_to_be(client, talk, hidden, path, is_cancelled):
    hidden.shows_timetable = True
    hidden.save()
    hidden.days.create(date=talk.starts_at.astimezone(hidden.zone).date())
    type(talk).objects.update(cancelled_at=timezone.now() if is_cancelled else None)
    page = client.get(path.format(pk=talk.pk), headers={"Accept-Language": "en"}).text
    assert ("ancelled" in page) is is_cancelled
