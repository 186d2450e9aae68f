import importlib
import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import clear_url_caches

import accounts.urls
import dreamkast.urls
from accounts.models import User

ROLES = ["attendee", "speaker", "organizer", "broadcaster"]


def reload_urls():
    importlib.reload(accounts.urls)
    importlib.reload(dreamkast.urls)
    clear_url_caches()


@pytest.fixture
def demo(settings, db):
    settings.DEMO = True
    reload_urls()
    yield
    settings.DEMO = False
    reload_urls()


def start(**environment):
    ours = ("DREAMKAST_", "DJANGO_", "EMAIL_URL")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "manage.py", "check"], env={**clean, **environment}, capture_output=True, text=True
    )


@pytest.mark.parametrize("role", ROLES)
def test_a_door_signs_in_and_goes_on(client, demo, role):
    user = User.objects.create_user(f"{role}@example.com")
    response = client.post("/accounts/demo/", {"role": role, "next": "/cndt/ui"})
    assert response["Location"] == "/cndt/ui"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_door_leads_to_no_other_site(client, demo):
    User.objects.create_user("attendee@example.com")
    response = client.post("/accounts/demo/", {"role": "attendee", "next": "https://evil.example/"})
    assert response["Location"] == "/"


def test_the_doors_want_a_token(demo):
    User.objects.create_user("attendee@example.com")
    response = Client(enforce_csrf_checks=True).post("/accounts/demo/", {"role": "attendee"})
    assert response.status_code == 403


def test_without_its_people_the_demo_says_what_to_run(client, demo):
    response = client.post("/accounts/demo/", {"role": "organizer"}, follow=True)
    assert ["seed_demo" in str(message) for message in response.context["messages"]] == [True]


@pytest.mark.parametrize("role", ["", "superuser", "attendee@example.com"])
def test_there_are_four_doors_and_no_other(client, demo, role):
    assert client.post("/accounts/demo/", {"role": role}).status_code == 404


def test_the_sign_in_page_shows_one_button_per_role(client, demo):
    page = client.get("/accounts/login/").content.decode()
    assert [f'name="role" value="{role}"' in page for role in ROLES] == [True] * 4


def test_the_demo_says_the_code_in_one_line(client, demo, mailoutbox, capsys):
    client.post("/accounts/login/", {"email": "new@example.com"})
    code = mailoutbox[0].subject[:9]
    assert f"Sign-in code for new@example.com: {code}\n" in capsys.readouterr().out


@pytest.mark.django_db
def test_outside_the_demo_there_is_no_door(client, mailoutbox, capsys):
    User.objects.create_user("attendee@example.com")
    assert client.post("/accounts/demo/", {"role": "attendee"}).status_code == 404
    assert 'name="role"' not in client.get("/accounts/login/").content.decode()
    client.post("/accounts/login/", {"email": "attendee@example.com"})
    assert mailoutbox[0].subject[:9] not in capsys.readouterr().out


def test_the_door_refuses_even_if_its_address_was_left_open(client, demo, settings):
    User.objects.create_user("attendee@example.com")
    settings.DEMO = False
    assert client.post("/accounts/demo/", {"role": "attendee"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_demo_without_debug_stops_the_start(tmp_path):
    refused = start(
        DJANGO_SETTINGS_MODULE="dreamkast.settings.base",
        DREAMKAST_SECRET_KEY="x" * 50,
        DREAMKAST_HOSTS="example.com",
        DREAMKAST_DATA_DIR=str(tmp_path),
        DREAMKAST_DEMO="1",
    )
    assert refused.returncode != 0
    assert "DREAMKAST_DEMO" in refused.stderr


def test_production_without_a_mail_server_stops_the_start(tmp_path):
    refused = start(
        DJANGO_SETTINGS_MODULE="dreamkast.settings.base",
        DREAMKAST_SECRET_KEY="x" * 50,
        DREAMKAST_HOSTS="example.com",
        DREAMKAST_DATA_DIR=str(tmp_path),
    )
    assert refused.returncode != 0
    assert "EMAIL_URL must be" in refused.stderr


def test_the_demo_with_debug_starts(tmp_path):
    started = start(DREAMKAST_DEMO="1", DREAMKAST_DATA_DIR=str(tmp_path))
    assert (started.returncode, started.stderr) == (0, "")
