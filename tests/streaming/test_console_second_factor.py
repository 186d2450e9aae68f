"""The control room's socket asks for a second factor as its page does."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from streaming.hub import current_hub
from tests.sign_in import without_second_factor
from tests.streaming.test_control_room import application
from tests.websocket import WebsocketCommunicator


def cookie_without_factor(user):
    client = Client()
    client.force_login(user)
    return without_second_factor(client).session.session_key


@pytest.mark.django_db(transaction=True)
def test_a_session_without_a_second_factor_does_not_hear_the_control_room(event, track, director):
    async def story():
        cookie = await sync_to_async(cookie_without_factor)(director)
        headers = [(b"cookie", f"sessionid={cookie}".encode())]
        socket = WebsocketCommunicator(application, f"/ws/events/{event.slug}/console", headers=headers)
        await socket.connect()
        assert (await socket.receive_output(timeout=5))["code"] == 4403
        await current_hub().stop()

    asyncio.run(story())
