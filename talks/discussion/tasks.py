"""What discussions do beside the requests."""

from celery import shared_task
from django.utils import timezone

from talks.discussion.services import question_mail, vote_telling


@shared_task(name="talks.discussion.tasks.mail_open_questions")
def mail_open_questions() -> None:
    question_mail.mail_open_questions(timezone.now())


@shared_task(name="talks.discussion.tasks.tell_votes")
def tell_votes() -> None:
    vote_telling.tell_waiting_votes(timezone.now())
