from django.urls import path

from streaming.console_consumer import ConsoleConsumer
from streaming.consumers import ViewerConsumer

websocket_urlpatterns = [
    path("ws/events/<slug:event>", ViewerConsumer.as_asgi()),
    path("ws/events/<slug:event>/console", ConsoleConsumer.as_asgi()),
]
