"""What discussions do beside the requests."""

from celery import shared_task
from django.utils import timezone

from talks.discussion.services import question_mail


@shared_task(name="talks.discussion.tasks.mail_open_questions")
def mail_open_questions() -> None:
    question_mail.mail_open_questions(timezone.now())
