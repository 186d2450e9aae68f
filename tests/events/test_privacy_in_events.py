import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.models import User
from accounts.personal import Fate
from accounts.services.privacy import ErasureRefused, erase, export_everything, outlook, refusals
from events.enums import Attendance, EventStatus, Role
from events.models import (
    Announcement,
    ApiToken,
    JoinLink,
    LiveCounter,
    Places,
    PublicProfile,
    Registration,
    RoleChange,
    RoleGrant,
    RoleInvitation,
)
from events.services.places import set_places
from events.services.registration import register
from events.services.roles import grant_role
from events.services.tokens import issue_token
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    AnnouncementFactory,
    EventFactory,
    QuestionFactory,
    RegistrationFactory,
    RoleGrantFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory(email="aoi@example.com", name="Aoi Umi")


@pytest.fixture
def event():
    return EventFactory(name_ja="港の会議", name_en="Harbour")


def read_out(user):
    archive = zipfile.ZipFile(BytesIO(export_everything(user=user)))
    return json.loads(archive.read("my-data.json"))


def test_the_download_has_the_registration_with_its_answers(person, event):
    question = QuestionFactory(event=event, label_ja="会社")
    register(event=event, user=person, answers={question.pk: "Umi Ltd"})
    found = read_out(person)
    assert [row["event"] for row in found["registrations"]] == ["港の会議"]
    assert [(row["event"], row["question"], row["value"]) for row in found["answers at registration"]] == [
        ("港の会議", "会社", "Umi Ltd")
    ]


def test_the_download_has_the_public_profile(person, event):
    registration = RegistrationFactory(event=event, user=person)
    PublicProfile.objects.create(registration=registration, nickname="umi")
    assert [row["nickname"] for row in read_out(person)["public profiles"]] == ["umi"]


def test_the_download_names_no_other_person(person, event):
    other = UserFactory(name="Ren Kawa", email="ren@example.com")
    grant_role(event=event, user=person, role=Role.MODERATOR, actor=other)
    grant_role(event=event, user=other, role=Role.RECEPTION, actor=person)
    text = json.dumps(read_out(person))
    assert "Ren Kawa" not in text
    assert "ren@example.com" not in text


def test_a_place_is_handed_on_to_whoever_waits(person, event):
    set_places(event=event, has_on_site=True, on_site_places=1, actor=None)
    register(event=event, user=person, attendance=Attendance.ON_SITE)
    waiting = register(event=event, user=UserFactory(), attendance=Attendance.ON_SITE)
    erase(user=person)
    waiting.refresh_from_db()
    assert (waiting.attendance, waiting.waiting_number) == (Attendance.ON_SITE, None)
    assert Places.objects.get(event=event).taken == Registration.objects.count() == 1


def test_open_sockets_are_asked_again(person, event):
    other = EventFactory()
    RegistrationFactory(event=event, user=person)
    RoleGrantFactory(event=other, user=person, role=Role.BROADCASTER)
    erase(user=person)
    assert list(LiveCounter.objects.order_by("event").values_list("access", flat=True)) == [1, 1]


def test_roles_links_tokens_and_invitations_go(person, event):
    later = timezone.now() + timedelta(days=1)
    RoleGrantFactory(event=event, user=person, role=Role.BROADCASTER)
    issue_token(event=event, owner=person, name="bot", can_control=True, expires_at=later)
    JoinLink.objects.create(event=event, user=person, digest="x", expires_at=later)
    RoleInvitation.objects.create(event=event, email=person.email, role=Role.MODERATOR)
    erase(user=person)
    assert [model.objects.count() for model in (RoleGrant, ApiToken, JoinLink, RoleInvitation)] == [0] * 4


def test_the_audit_of_roles_stays_without_the_person(person, event):
    grant_role(event=event, user=person, role=Role.MODERATOR, actor=None)
    erase(user=person)
    rows = RoleChange.objects.order_by("pk").values_list("user", "role", "is_granted")
    assert list(rows) == [(None, Role.MODERATOR, True), (None, Role.MODERATOR, False)]


def test_announcements_stay_without_their_author(person):
    announcement = AnnouncementFactory(author=person)
    erase(user=person)
    assert Announcement.objects.get().author is None
    assert Announcement.objects.get().text_ja == announcement.text_ja


def history(user, about):
    kind = ContentType.objects.get_for_model(about)
    return LogEntry.objects.create(
        user=user, content_type=kind, object_id=about.pk, object_repr=str(about), action_flag=CHANGE
    )


def test_the_history_of_an_object_stays_and_names_nobody(person, event):
    entry = history(person, event)
    erase(user=person)
    entry.refresh_from_db()
    assert (entry.object_repr, entry.user.is_active) == (str(event), False)
    assert "aoi" not in entry.user.email


def test_what_others_did_to_the_person_names_them_no_longer(person, event):
    organizer = UserFactory()
    entries = [history(organizer, person), history(organizer, RegistrationFactory(event=event, user=person))]
    erase(user=person)
    assert [LogEntry.objects.get(pk=entry.pk).object_repr for entry in entries] == ["–", "–"]


def test_the_last_organizer_of_an_event_that_is_not_over_is_refused(person, event):
    RoleGrantFactory(event=event, user=person)
    registration = RegistrationFactory(event=event, user=person)
    with pytest.raises(ErasureRefused) as refused:
        erase(user=person)
    assert len(refused.value.sentences) == 1
    assert "港の会議" in refused.value.sentences[0]
    assert Registration.objects.filter(pk=registration.pk).exists()
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("status", [EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_the_last_organizer_of_an_event_that_is_over_may_go(person, status):
    RoleGrantFactory(event=EventFactory(status=status), user=person)
    assert refusals(user=person) == []
    assert erase(user=person) is True


def test_one_of_two_organizers_may_go_and_then_no_more(person, event):
    other = UserFactory()
    for organizer in (person, other):
        RoleGrantFactory(event=event, user=organizer)
    erase(user=person)
    with pytest.raises(ErasureRefused):
        erase(user=other)


def test_an_organizer_who_is_switched_off_takes_nothing_over(person, event):
    RoleGrantFactory(event=event, user=person)
    RoleGrantFactory(event=event, user=UserFactory(is_active=False))
    assert len(refusals(user=person)) == 1


def test_a_refusal_is_shown_instead_of_the_form(client, person, event):
    RoleGrantFactory(event=event, user=person)
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    html = client.post("/accounts/privacy/erase/", {"email": person.email}).content.decode()
    assert "港の会議" in html
    assert 'name="email"' not in html


def test_the_outlook_says_what_the_person_has(person, event):
    before = outlook(user=person)
    RegistrationFactory(event=event, user=person)
    AnnouncementFactory(author=person)
    after = outlook(user=person)
    assert [len(before[fate]) for fate in Fate] == [1, 0]
    assert [len(after[fate]) for fate in Fate] == [2, 1]
