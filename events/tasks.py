"""What events do beside the requests."""

from celery import shared_task
from django.utils import timezone

from events.services import retention


@shared_task(name="events.tasks.forget_ended")
def forget_ended() -> None:
    retention.forget_ended(timezone.now())
