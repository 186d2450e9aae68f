"""Frames leave through the commit door, and a broken way out fails nobody."""

import pytest
from channels.layers import channel_layers
from django.db import transaction

from dreamkast.lib.broadcast import send_on_commit


class DeadLayer:
    """Stands for a Redis that is gone."""

    def __init__(self):
        self.asked = 0

    async def group_send(self, group, message):
        self.asked += 1
        raise ConnectionError


@pytest.fixture
def dead_layer():
    layer, before = DeadLayer(), dict(channel_layers.backends)
    channel_layers.set("default", layer)
    yield layer
    channel_layers.backends = before


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_before_the_commit(dead_layer):
    with transaction.atomic():
        send_on_commit("event.1", "on_air.changed", 1, {})
        assert dead_layer.asked == 0
    assert dead_layer.asked == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_after_a_rollback(dead_layer):
    def fail():
        with transaction.atomic():
            send_on_commit("event.1", "on_air.changed", 1, {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert dead_layer.asked == 0


@pytest.mark.django_db(transaction=True)
def test_body_that_is_no_json_fails_before_anything_is_written():
    with pytest.raises(TypeError):
        send_on_commit("event.1", "on_air.changed", 1, {"at": object()})
