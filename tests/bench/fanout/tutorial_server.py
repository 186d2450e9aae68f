"""The other anchor: the consumer of every Channels tutorial, under uvicorn.

python -m tests.bench.fanout.tutorial_server PORT REDIS_URL
"""

import sys
from typing import Any

import django
import uvicorn
from django.conf import settings

GROUP = "bench"


def configure(url: str) -> None:
    layer = {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [url]}}
    settings.configure(CHANNEL_LAYERS={"default": layer}, ALLOWED_HOSTS=["*"], SECRET_KEY="bench")
    django.setup()


def application() -> Any:
    from channels.generic.websocket import AsyncJsonWebsocketConsumer
    from channels.routing import ProtocolTypeRouter, URLRouter
    from django.urls import re_path

    class Tutorial(AsyncJsonWebsocketConsumer):
        async def connect(self) -> None:
            await self.channel_layer.group_add(GROUP, self.channel_name)
            await self.accept()

        async def disconnect(self, code: int) -> None:
            await self.channel_layer.group_discard(GROUP, self.channel_name)

        async def flip(self, event: dict[str, Any]) -> None:
            await self.send_json(event["content"])

    return ProtocolTypeRouter({"websocket": URLRouter([re_path("", Tutorial.as_asgi())])})


if __name__ == "__main__":
    configure(sys.argv[2])
    uvicorn.run(application(), port=int(sys.argv[1]), log_level="warning", lifespan="off")
