from django.contrib import admin
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog

from dreamkast.api import api
from dreamkast.health import livez, readyz

urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("api/", api.urls),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("i18n/catalog.js", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    # Every address below starts with an event's own name, so these come last.
    path("", include("streaming.urls")),
    path("", include("talks.urls")),
    path("", include("events.urls")),
]
