"""Celery. `autodiscover_tasks` finds each app's tasks.py, and what must stand beside it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dreamkast.settings.local")

app = Celery("dreamkast")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="archive_tasks")
app.autodiscover_tasks(related_name="guard_tasks")
app.autodiscover_tasks(related_name="health_tasks")
app.autodiscover_tasks(related_name="input_tasks")
app.autodiscover_tasks(related_name="mark_tasks")
app.autodiscover_tasks(related_name="webhook_tasks")
