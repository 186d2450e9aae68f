"""The wiring. Celery's app is imported here so that every `shared_task` finds it."""

from dreamkast.celery import app as celery_app

__all__ = ["celery_app"]
