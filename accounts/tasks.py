from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.services.limits import forget_old_turns
from accounts.services.mail import forget_old_mail
from accounts.services.mail import send_due_mail as send_due
from accounts.services.privacy import forget_ended_sign_ins


@shared_task(name="accounts.tasks.send_due_mail")
def send_due_mail() -> None:
    send_due()


@shared_task(name="accounts.tasks.forget_old_rows")
def forget_old_rows() -> None:
    forget_old_mail()
    forget_old_turns()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    forget_ended_sign_ins()
