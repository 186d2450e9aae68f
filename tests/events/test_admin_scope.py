"""Whoever organizes one event sees nothing of another: every page of every model is walked."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.enums import Role
from events.models import Answer, Choice, Event, LiveCounter, Places, RegistrationCount
from events.models.profile import ProfilePicture
from events.services.roles import grant_role
from streaming.models import (
    AudienceSample,
    AutomaticSlate,
    Automation,
    StreamHealth,
    Sweep,
    SweepFinding,
    SwitchTimes,
    WallLink,
    WatchTime,
    WebhookDelivery,
)
from talks.discussion.models import ChatMember, ChatReaction, QuestionCount, QuestionVote
from talks.models import Bookmark, CalendarLink, Draft, Placement, Seat, TalkSeats, TalkSpeaker, TalkVideo
from tests.admin_rows import full_event, organizer_of, scoped_models
from tests.factories.accounts import UserFactory


@pytest.fixture
def rows(db):
    """Ours, and those of others, by model."""
    return full_event("Ours"), full_event("Theirs")


@pytest.fixture
def organizer(rows, client):
    user = organizer_of(rows[0][Event])
    client.force_login(user)
    return user


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def all_models():
    return sorted(scoped_models(), key=lambda model: model._meta.label)


# What people choose and show is theirs alone.
THEIR_OWN = {Bookmark, CalendarLink, Seat, TalkSeats, ProfilePicture}


def test_every_model_of_ours_is_in_the_admin_and_scoped():
    ours = {
        model
        for name in ("events", "talks", "discussion", "streaming")
        for model in apps.get_app_config(name).get_models()
    } - THEIR_OWN
    # Counters and the draft's places are for machines; a speaker's place is edited within the talk, a choice
    # within its question, answers are shown with their registration, and daily counts in the dashboard.
    # A talk's video is its recording, which is listed. Who watched is shown as sums, never by person.
    within = {AudienceSample, WatchTime, TalkSpeaker, TalkVideo, Choice, Answer, RegistrationCount}
    of_the_account = {Sweep, SweepFinding}
    # Who voted for what, who reacted to what and who is behind a name of the chat is nobody's to read.
    of_the_discussion = {QuestionCount, QuestionVote, ChatMember, ChatReaction}
    # What was last seen of a picture, and the switch beside it, belong to the control room alone;
    # links to the wall are made on the wall, and what was told outside stands on each webhook's page.
    of_the_room = {Automation, AutomaticSlate, StreamHealth, SwitchTimes, WallLink, WebhookDelivery}
    for_machines = {LiveCounter, Places, Draft, Placement} | of_the_room
    assert ours - set(all_models()) == for_machines | of_the_account | of_the_discussion | within


def test_walk_has_a_row_of_every_model(rows):
    assert set(rows[0]) == set(all_models())


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label_lower)
def test_list_shows_our_row_and_nothing_of_others(model, rows, organizer, client):
    html = client.get(page(model, "changelist")).content.decode()
    assert page(model, "change", rows[0][model].pk) in html
    assert "Theirs" not in html
    assert "theirs" not in html


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label_lower)
def test_search_and_filters_find_nothing_of_others(model, rows, organizer, client):
    answer = client.get(page(model, "changelist"), {"q": "theirs"})
    assert answer.context["cl"].result_count == 0
    theirs = rows[1][Event]
    path = admin.site._registry[model].event_path
    answer = client.get(page(model, "changelist"), {f"{path or 'id'}__exact": theirs.pk}, follow=True)
    assert "Theirs" not in answer.content.decode()


@pytest.mark.parametrize("name", ["change", "delete", "history"])
@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label_lower)
def test_page_of_a_row_of_others_does_not_exist(model, name, rows, organizer, client):
    assert client.get(page(model, name, rows[1][model].pk)).status_code in {403, 404}
    assert client.post(page(model, name, rows[1][model].pk), {"post": "yes"}).status_code in {403, 404, 405}
    assert type(rows[1][model]).objects.filter(pk=rows[1][model].pk).exists()


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label_lower)
def test_page_of_our_row_opens_and_names_nothing_of_others(model, rows, organizer, client):
    answer = client.get(page(model, "change", rows[0][model].pk))
    assert answer.status_code == 200
    assert "Theirs" not in answer.content.decode()


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label_lower)
def test_add_page_offers_nothing_of_others(model, rows, organizer, client):
    answer = client.get(page(model, "add"))
    may_add = admin.site._registry[model].has_add_permission(answer.wsgi_request)
    assert answer.status_code == (200 if may_add else 403)
    assert "Theirs" not in answer.content.decode()


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label_lower)
def test_bulk_delete_reaches_no_row_of_others(model, rows, organizer, client):
    theirs = rows[1][model]
    chosen = {"action": "delete_selected", "_selected_action": [theirs.pk], "post": "yes"}
    client.post(page(model, "changelist"), chosen)
    assert model.objects.filter(pk=theirs.pk).exists()


def every_page(rows):
    addresses = [reverse("admin:index")]
    for model in all_models():
        addresses += [page(model, "changelist"), page(model, "add"), page(model, "change", rows[0][model].pk)]
    return addresses


@pytest.mark.parametrize("role", [Role.BROADCASTER, Role.MODERATOR, Role.RECEPTION, None])
def test_no_other_role_opens_the_admin(role, rows, client):
    user = UserFactory()
    if role:
        grant_role(event=rows[0][Event], user=user, role=role, actor=None)
    client.force_login(user)
    assert {address: client.get(address).status_code for address in every_page(rows)} == dict.fromkeys(
        every_page(rows), 403
    )


def test_stranger_is_led_to_our_sign_in_from_every_page(rows, client):
    for address in every_page(rows):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={address}")


def test_models_of_the_site_are_closed_to_organizers(organizer, client):
    others = [model for model in admin.site._registry if model not in all_models()]
    assert others != []
    assert {client.get(page(model, "changelist")).status_code for model in others} == {403}


def test_login_page_is_our_sign_in(client, db):
    answer = client.get(reverse("admin:login"), {"next": "/admin/talks/"})
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next=/admin/talks/")


def test_login_page_leads_an_organizer_on_to_the_admin(organizer, client):
    assert client.get(reverse("admin:login"))["Location"] == reverse("admin:index")


def test_autocomplete_finds_only_our_speakers(organizer, client):
    query = {"app_label": "talks", "model_name": "talkspeaker", "field_name": "speaker", "term": "話者"}
    found = client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [row["text"] for row in found] == ["Ours 話者"]


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model._meta.label_lower)
def test_list_asks_as_often_for_three_rows_as_for_one(model, db, client):
    client.force_login(UserFactory(is_superuser=True))
    counts = []
    for words in (["One"], ["Two", "Three"]):
        for word in words:
            full_event(word)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page(model, "changelist"))
        counts.append((answer.context["cl"].result_count, len(queries)))
    asked = counts[0][1]
    assert counts == [(1, asked), (3, asked)]
    assert asked <= 16
