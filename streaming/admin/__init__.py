from django.contrib import admin

from streaming.admin import cloud, inputs, live, overrides, recordings, streams, webhooks
from streaming.audience_urls import audience_urls

__all__ = ["cloud", "inputs", "live", "overrides", "recordings", "streams", "webhooks"]

admin.site.add_pages(audience_urls)  # type: ignore[attr-defined]
