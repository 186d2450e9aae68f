import logging
import re
import socket
import socketserver
import threading
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.services.mail import forget_old_mail, send_due_mail, send_or_keep
from accounts.tasks import forget_old_rows

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
QUARTER = timedelta(minutes=15)


class RefusingServer(socketserver.StreamRequestHandler):
    """An SMTP server that knows none of the addresses."""

    def handle(self):
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            word = line.split()[0].upper()
            self.wfile.write(b"550 nobody here\r\n" if word == b"RCPT" else b"250 fine\r\n")
            if word == b"QUIT":
                break


@pytest.fixture
def dead_server(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"


@pytest.fixture
def refusing_server(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), RefusingServer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT = server.server_address[1]
        yield
        server.shutdown()


@pytest.fixture
def client_in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def mail(to="one@example.com"):
    return EmailMultiAlternatives("subject", "text", to=[to])


def test_a_dead_mail_server_is_said_and_the_code_comes_from_the_outbox(
    client_in_english, dead_server, settings, mailoutbox
):
    client = client_in_english
    page = client.post("/accounts/login/", {"email": "one@example.com"}, follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "Your mail is on its way; it may take a minute."
    ]
    settings.EMAIL_BACKEND = LOCMEM
    OutgoingMail.objects.update(next_try_at=timezone.now())
    assert send_due_mail() == 1
    code = re.search(r"\d{4}-\d{4}", mailoutbox[0].body)[0]
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.session.get("_auth_user_id")


def test_a_sent_mail_keeps_nothing_personal(dead_server, settings):
    send_or_keep(mail(), good_for=QUARTER)
    settings.EMAIL_BACKEND = LOCMEM
    OutgoingMail.objects.update(next_try_at=timezone.now())
    send_due_mail()
    row = OutgoingMail.objects.get()
    assert (row.to, row.subject, row.body, row.html, row.last_error) == ("", "", "", "", "")
    assert row.sent_at is not None


def test_while_the_server_rests_nobody_waits_for_it(dead_server):
    send_or_keep(mail("first@example.com"), good_for=QUARTER)
    send_or_keep(mail("second@example.com"), good_for=QUARTER)
    attempts = OutgoingMail.objects.order_by("pk").values_list("to", "attempts")
    assert list(attempts) == [("first@example.com", 1), ("second@example.com", 0)]


def test_after_its_rest_the_server_is_asked_again(dead_server, settings, mailoutbox):
    send_or_keep(mail("first@example.com"), good_for=QUARTER)
    settings.EMAIL_BACKEND = LOCMEM
    OutgoingMail.objects.update(updated_at=timezone.now() - timedelta(minutes=1))
    assert send_or_keep(mail("second@example.com"), good_for=QUARTER) is True
    assert mailoutbox[0].to == ["second@example.com"]


def test_a_run_stops_at_the_first_failure_and_tries_later(dead_server):
    for number in range(3):
        OutgoingMail.objects.create(
            to=f"{number}@example.com",
            next_try_at=timezone.now(),
            expires_at=timezone.now() + QUARTER,
        )
    assert send_due_mail() == 0
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert OutgoingMail.objects.get(attempts=1).next_try_at > timezone.now()


def test_an_address_that_the_server_refuses_does_not_stop_the_others(refusing_server):
    assert send_or_keep(mail("nobody@example.com"), good_for=QUARTER) is True
    assert OutgoingMail.objects.count() == 0


def test_a_mail_that_is_too_old_is_not_sent_but_deleted(mailoutbox):
    past = timezone.now() - timedelta(minutes=1)
    OutgoingMail.objects.create(to="one@example.com", next_try_at=past, expires_at=past)
    assert send_due_mail() == 0
    assert mailoutbox == []
    assert forget_old_mail() == 1


def test_two_workers_send_a_mail_once(mailoutbox):
    OutgoingMail.objects.create(
        to="one@example.com",
        subject="subject",
        body="text",
        next_try_at=timezone.now(),
        expires_at=timezone.now() + QUARTER,
    )
    assert (send_due_mail(), send_due_mail()) == (1, 0)
    assert len(mailoutbox) == 1


def test_neither_address_nor_code_is_logged(client, dead_server, caplog, capsys):
    with caplog.at_level(logging.DEBUG):
        client.post("/accounts/login/", {"email": "one@example.com"})
    code = re.search(r"\d{4}-\d{4}", OutgoingMail.objects.get().body)[0]
    said = caplog.text + capsys.readouterr().out
    assert "did not take a mail" in said
    assert code not in said
    assert "one@example.com" not in said


def test_cleaning_up_deletes_expired_sessions(client):
    client.post("/accounts/login/", {"email": "one@example.com"})
    session = client.session
    session.set_expiry(-1)
    session.save()
    forget_old_rows()
    assert not session.exists(session.session_key)
