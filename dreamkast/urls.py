from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import JavaScriptCatalog, set_language
from django.views.static import serve

from dreamkast.api import api
from dreamkast.health import livez, readyz
from dreamkast.robots import robots
from streaming.views.metrics import metrics
from talks.sitemaps import SITEMAPS

handler400 = "events.views.lost.bad_request"
handler403 = "events.views.lost.forbidden"
handler404 = "events.views.lost.not_found"
urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("api/", api.urls),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    # Choosing a language needs no CSRF token, so that public pages carry none and stay cacheable.
    path("i18n/setlang/", csrf_exempt(set_language), name="set_language"),
    path("i18n/catalog.js", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    # Every address below starts with an event's own name, so these come last.
    path("", include("streaming.urls")),
    path("", include("talks.discussion.chat_urls")),
    path("", include("talks.urls")),
    path("", include("events.urls")),
]
if settings.DEBUG or settings.DEMO:
    # Elsewhere the proxy in front serves the pictures.
    urlpatterns.append(re_path(r"^media/(?P<path>.+)$", serve, {"document_root": settings.MEDIA_ROOT}))
