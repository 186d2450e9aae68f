from django.urls import path

from streaming.consumers import ViewerConsumer

websocket_urlpatterns = [
    path("ws/events/<slug:event>", ViewerConsumer.as_asgi()),
]
