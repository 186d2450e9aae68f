"""The ASGI application: pages and API by Django, sockets by Channels, and the life of the process."""

import asyncio
import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import SessionMiddlewareStack
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dreamkast.settings.local")
django_application = get_asgi_application()

from dreamkast import embedded  # noqa: E402  Django must be set up before anything that imports models.
from dreamkast.lib.lifespan import Lifespan  # noqa: E402  The same.
from dreamkast.lib.uvicorn_protocol import put_door  # noqa: E402  The same.
from streaming.hub import current_hub  # noqa: E402  The same.
from streaming.routing import websocket_urlpatterns  # noqa: E402  The same.
from streaming.viewer_door import ViewerDoor  # noqa: E402  The same.
from talks.discussion.chat_coalescer import current_coalescer  # noqa: E402  The same.


async def start() -> None:
    current_hub().start()
    put_door(ViewerDoor(current_hub()))
    current_coalescer().start()
    if settings.EMBEDDED:
        await asyncio.to_thread(embedded.start)


async def stop() -> None:
    put_door(None)
    await current_coalescer().stop()
    await current_hub().stop()
    if settings.EMBEDDED:
        await asyncio.to_thread(embedded.stop)


application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": AllowedHostsOriginValidator(SessionMiddlewareStack(URLRouter(websocket_urlpatterns))),
        "lifespan": Lifespan(start, stop),
    }
)
