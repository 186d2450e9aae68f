"""The quick suite: SQLite, and all else in memory. Journeys start real processes with their own settings."""

import os

os.environ.setdefault("DREAMKAST_DEBUG", "1")

from dreamkast.settings.base import *

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CELERY_BROKER_URL = "memory://"
ALLOWED_HOSTS = ["*"]
# Nothing is collected for tests: files come from where they are written.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
