"""Local work and the demo: DREAMKAST_DEBUG is on unless the environment says otherwise."""

import os

os.environ.setdefault("DREAMKAST_DEBUG", "1")

from dreamkast.settings.base import *

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Visitors of the demo see the site's own pages where something is lost or broken, not the technical ones.
DEBUG = DEBUG and not DEMO
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
