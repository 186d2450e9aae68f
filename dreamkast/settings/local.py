"""Local work and the demo: DEBUG is on unless the environment says otherwise."""

import os

os.environ.setdefault("DREAMKAST_DEBUG", "1")

from dreamkast.settings.base import *

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
