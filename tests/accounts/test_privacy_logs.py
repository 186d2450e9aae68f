"""Nothing that names a person is written to the log."""

import logging
import socket

import pytest

from accounts.models import User
from accounts.services.mail import send_due_mail

pytestmark = pytest.mark.django_db
ADDRESS = "aoi@example.com"


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO)
    return caplog


@pytest.fixture
def dead_server(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"


def test_signing_in_writes_neither_address_nor_code(client, mailoutbox, lines):
    client.post("/accounts/login/", {"email": ADDRESS})
    code = mailoutbox[-1].subject[:9]
    client.post("/accounts/login/code/confirm/", {"code": "0000-0000"})
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert ADDRESS not in lines.text
    assert code not in lines.text


def test_a_dead_mail_server_is_logged_without_the_address(client, dead_server, lines):
    client.post("/accounts/login/", {"email": ADDRESS})
    send_due_mail()
    assert "The mail server did not take a mail: ConnectionRefusedError" in lines.text
    assert ADDRESS not in lines.text


def test_erasing_is_logged_without_name_and_address(client, lines):
    user = User.objects.create_user(ADDRESS, name="Aoi Umi")
    client.force_login(user)
    client.post("/accounts/privacy/erase/", {"email": ADDRESS})
    assert not User.objects.exists()
    assert ADDRESS not in lines.text
    assert "Aoi Umi" not in lines.text
