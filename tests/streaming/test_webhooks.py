"""Webhooks: what they tell, once; signed; again when it fails; and never into a closed network."""

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.services import announcements
from streaming.hook_urls import may_reach, validate_hook_url
from streaming.models import OnAir, Stream, StreamHealth, Webhook, WebhookDelivery
from streaming.services.automation import arm
from streaming.services.webhooks import collect, deliver, due_deliveries, forget_deliveries, send_test
from streaming.states import Desired
from tests.factories.events import AnnouncementFactory, TrackFactory


class Peer(ThreadingHTTPServer):
    """A program outside: it keeps what it was sent and answers what a test wants."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.status, self.heard = 200, []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/hook?team=1"


class Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", self.server.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def peer(settings):
    """On this machine: that is allowed while it is developed."""
    settings.DEBUG = True
    server = Peer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hook(event):
    long_ago = timezone.now() - timedelta(days=1)
    hook = Webhook.objects.create(event=event, name="Slack", url="https://hooks.example/x")
    Webhook.objects.update(created_at=long_ago)
    hook.refresh_from_db()
    return hook


@pytest.fixture
def due(track, make_talk):
    """A talk that begins soon, and stands as the track's next."""

    def make(seconds):
        starts = timezone.now() + timedelta(seconds=seconds)
        talk = make_talk(title="A <b> & c", starts_at=starts, ends_at=starts + timedelta(hours=1))
        OnAir.objects.update_or_create(track=track, defaults={"next_talk": talk})
        return talk

    return make


def told():
    return list(WebhookDelivery.objects.order_by("pk").values_list("kind", flat=True))


def body():
    return json.loads(WebhookDelivery.objects.latest("pk").body)


# What is told


def test_command_is_told_once_in_words_for_people_and_values_for_programs(
    hook, track, make_talk, command, director
):
    talk = make_talk(title="A <b> & c")
    command(track, "take", talk=talk, actor=director)
    assert [collect(), collect()] == [1, 0]
    assert "A &lt;b&gt; &amp; c" in body()["text"]
    assert "/seaside/console|" in body()["blocks"][0]["text"]["text"]
    values = body()["dreamkast"]
    assert (values["kind"], values["event"]) == ("on_air.changed", "seaside")
    assert (values["track"]["id"], values["talk"]["id"], values["revision"]) == (track.pk, talk.pk, 1)


def test_what_was_before_the_webhook_is_no_news(event, track, make_talk, command):
    command(track, "take", talk=make_talk())
    Webhook.objects.create(event=event, name="late", url="https://hooks.example/x")
    assert collect() == 0


def test_due_talk_is_told_at_five_minutes_and_at_ninety_seconds(hook, due, track, director):
    talk = due(299)
    assert [collect(), collect()] == [1, 0]
    assert body()["dreamkast"]["seconds"] == 300
    later = talk.starts_at - timedelta(seconds=80)
    assert [collect(later), collect(later)] == [1, 0]
    assert (body()["dreamkast"]["seconds"], body()["dreamkast"]["is_armed"]) == (90, False)
    assert told() == ["talk.due"] * 2


def test_due_talk_of_an_armed_track_says_that_the_timetable_switches(hook, due, track, director):
    due(80)
    arm(track=track, expected_revision=0, actor=director)
    collect()
    assert body()["dreamkast"]["is_armed"] is True


@pytest.mark.parametrize("seconds", [301, -1])
def test_talk_that_is_far_or_past_is_not_due(hook, due, seconds):
    due(seconds)
    assert collect() == 0


def test_announcement_is_told_when_it_comes_and_goes(hook, event):
    row = AnnouncementFactory(event=event, published_at=None, text_ja="音声が出ません")
    announcements.publish(announcement=row, actor=None)
    assert collect() == 1
    announcements.withdraw(announcement=row, actor=None)
    assert [collect(), collect()] == [1, 0]
    assert [json.loads(one.body)["dreamkast"]["announcement"]["is_shown"] for one in _oldest_first()] == [
        True,
        False,
    ]


def _oldest_first():
    return WebhookDelivery.objects.order_by("pk")


def test_picture_is_told_of_when_it_changes(hook, track):
    stream = Stream.objects.create(track=track, gateway="local", desired=Desired.RUNNING)
    OnAir.objects.create(track=track)
    health = StreamHealth.objects.create(
        stream=stream, is_live=True, health="healthy", seen_at=timezone.now()
    )
    assert collect() == 0
    health.is_live = False
    health.save()
    assert [collect(), collect()] == [1, 0]
    assert (body()["dreamkast"]["before"], body()["dreamkast"]["now"]) == ("healthy", "no_picture")


def test_webhook_hears_only_what_it_wants_and_of_its_track(hook, event, track, make_talk, command):
    other = TrackFactory(event=event)
    own = Webhook.objects.create(event=event, name="B", url="https://hooks.example/b", track=other)
    Webhook.objects.filter(pk=own.pk).update(created_at=hook.created_at)
    Webhook.objects.filter(pk=hook.pk).update(wants_on_air=False)
    command(track, "take", talk=make_talk())
    command(other, "card", card="break")
    collect()
    assert list(WebhookDelivery.objects.values_list("webhook", "kind")) == [(own.pk, "on_air.changed")]


def test_switched_off_webhook_hears_nothing(hook, track, make_talk, command):
    Webhook.objects.update(is_active=False)
    command(track, "take", talk=make_talk())
    assert collect() == 0


def test_command_asks_nothing_of_webhooks(hook, track, make_talk, command):
    """They are not in the control path."""
    with CaptureQueriesContext(connection) as asked:
        command(track, "take", talk=make_talk())
    assert [query for query in asked.captured_queries if "webhook" in query["sql"]] == []


# How it is sent


def test_message_is_signed_with_the_time(peer, hook):
    Webhook.objects.update(url=peer.url)
    hook.refresh_from_db()
    row = send_test(hook)
    assert due_deliveries() == [row.pk]
    assert deliver(row.pk) is True
    [(path, headers, sent)] = peer.heard
    text = f"{headers['X-Dreamkast-Timestamp']}.{sent}".encode()
    wanted = hmac.new(hook.secret.encode(), text, hashlib.sha256).hexdigest()
    assert (path, headers["X-Dreamkast-Signature"]) == ("/hook?team=1", f"v1={wanted}")
    assert (headers["X-Dreamkast-Event"], headers["X-Dreamkast-Delivery"]) == ("test", str(row.pk))
    assert sent == row.body
    row.refresh_from_db()
    assert (row.status, row.try_at, row.error) == (200, None, "")


def test_delivered_message_is_not_sent_again(peer, hook):
    Webhook.objects.update(url=peer.url)
    row = send_test(Webhook.objects.get())
    assert [deliver(row.pk), deliver(row.pk)] == [True, False]
    assert len(peer.heard) == 1


def test_failure_is_tried_again_later_and_later_and_then_given_up(peer, hook):
    Webhook.objects.update(url=peer.url)
    peer.status = 503
    row = send_test(Webhook.objects.get())
    pauses = []
    for _ in range(6):
        WebhookDelivery.objects.update(try_at=timezone.now())
        assert deliver(row.pk) is False
        row.refresh_from_db()
        pauses.append(row.try_at and round((row.try_at - timezone.now()).total_seconds(), -1))
    assert pauses == [10, 30, 120, 600, 1800, None]
    assert (row.status, row.error, row.attempts) == (503, "HTTP 503 Service Unavailable", 6)


def test_redirect_is_not_followed(peer, hook):
    Webhook.objects.update(url=peer.url)
    peer.status = 307
    assert deliver(send_test(Webhook.objects.get()).pk) is False
    assert len(peer.heard) == 1


def test_nobody_there_is_an_error_in_words(peer, hook):
    Webhook.objects.update(url="http://127.0.0.1:1/")
    row = send_test(Webhook.objects.get())
    assert deliver(row.pk) is False
    row.refresh_from_db()
    assert row.error.startswith("ConnectionRefusedError")


def test_message_for_a_webhook_that_was_switched_off_is_dropped(peer, hook, track, make_talk, command):
    Webhook.objects.update(url=peer.url)
    command(track, "take", talk=make_talk())
    collect()
    Webhook.objects.update(is_active=False)
    assert deliver(due_deliveries()[0]) is False
    assert (peer.heard, due_deliveries()) == ([], [])


@pytest.mark.parametrize("url", ["https://localhost/", "https://127.0.0.1/", "https://[::1]/"])
def test_name_that_leads_to_a_closed_network_is_not_reached(hook, url):
    Webhook.objects.update(url=url)
    row = send_test(Webhook.objects.get())
    assert deliver(row.pk) is False
    row.refresh_from_db()
    assert row.error == "The address leads into a closed network."


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/x",
        "https://user:word@hooks.example/x",
        "https://10.0.0.1/x",
        "https://[fd00::1]/x",
        "https://169.254.169.254/latest",
        "http://127.0.0.1:8000/",
        "ftp://hooks.example/x",
        "https:///x",
    ],
)
def test_address_that_is_closed_is_refused_in_the_form(url):
    with pytest.raises(ValidationError):
        validate_hook_url(url)


def test_open_address_is_taken_and_one_on_this_machine_while_it_is_developed(settings):
    validate_hook_url("https://hooks.slack.com/services/T0/B0/x")
    settings.DEBUG = True
    validate_hook_url("http://127.0.0.1:8000/")
    validate_hook_url("http://localhost:8000/")
    with pytest.raises(ValidationError):
        validate_hook_url("http://10.0.0.1/")


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)
def test_closed_addresses_are_known(address):
    assert may_reach(ip_address(address)) is False


def test_open_addresses_are_known():
    assert [may_reach(ip_address(one)) for one in ("8.8.8.8", "2606:4700::1111")] == [True, True]


def test_old_messages_are_forgotten(hook):
    row = send_test(hook)
    WebhookDelivery.objects.update(created_at=timezone.now() - timedelta(days=31), try_at=None)
    fresh = send_test(hook)
    assert forget_deliveries() == 1
    assert list(WebhookDelivery.objects.values_list("pk", flat=True)) == [fresh.pk]
    assert row.pk != fresh.pk
