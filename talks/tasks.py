"""What the programme does beside the requests."""

from celery import shared_task
from django.utils import timezone

from talks.services import importing


@shared_task(name="talks.tasks.forget_unused_files")
def forget_unused_files() -> None:
    importing.forget_files(timezone.now())
