"""Mail leaves within the request; what the mail server does not take waits in the database."""

import logging
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone

from accounts.models import OutgoingMail

logger = logging.getLogger(__name__)
SERVER_ERRORS = (SMTPException, OSError)
# A hanging mail server must not hold every worker for its whole time-out: after a failure, others queue.
REST = timedelta(seconds=30)
LEASE = timedelta(seconds=60)
LONGEST_PAUSE = timedelta(minutes=2)


def send_or_keep(message: EmailMultiAlternatives, *, good_for: timedelta) -> bool:
    """Send now; False when the mail waits in the outbox instead, or waits for a resting mail server."""
    if _server_rests():
        _keep(message, good_for, error=None)
        return False
    try:
        message.send()
    except SMTPRecipientsRefused:
        logger.warning("The mail server refused an address.")
    except SERVER_ERRORS as error:
        logger.warning("The mail server did not take a mail: %s", type(error).__name__)
        _keep(message, good_for, error)
        return False
    return True


def queue(message: EmailMultiAlternatives, *, good_for: timedelta, calendar: str = "") -> None:
    """Into the outbox within the caller's transaction: sent by a tick after the commit, never without one."""
    _keep(message, good_for, error=None, calendar=calendar)


def send_due_mail() -> int:
    """Send what waits. Stops at the first failure: a dead server is asked once per run, not once per mail."""
    sent = 0
    for mail in OutgoingMail.objects.due(timezone.now())[:100]:
        if not _claim(mail):
            continue
        if not _deliver(mail):
            break
        sent += 1
    return sent


def forget_old_mail() -> int:
    """Delete what nobody needs any more: too old to be sent, or sent a day ago."""
    now = timezone.now()
    useless, _ = OutgoingMail.objects.unsent().filter(expires_at__lte=now).delete()
    done, _ = OutgoingMail.objects.filter(sent_at__lt=now - timedelta(days=1)).delete()
    return useless + done


def _server_rests() -> bool:
    recently = timezone.now() - REST
    return OutgoingMail.objects.unsent().filter(attempts__gt=0, updated_at__gt=recently).exists()


def _keep(
    message: EmailMultiAlternatives, good_for: timedelta, error: Exception | None, calendar: str = ""
) -> None:
    now = timezone.now()
    html = [content for content, kind in message.alternatives if kind == "text/html"]
    OutgoingMail.objects.create(
        to=message.to[0],
        subject=str(message.subject),
        body=str(message.body),
        html=str(html[0]) if html else "",
        calendar=calendar,
        attempts=1 if error else 0,
        next_try_at=now + _pause(1) if error else now,
        expires_at=now + good_for,
        last_error=type(error).__name__ if error else "",
    )


def _claim(mail: OutgoingMail) -> bool:
    """Two workers see the same row; the one whose update counts sends it."""
    now = timezone.now()
    same = OutgoingMail.objects.unsent().filter(pk=mail.pk, next_try_at=mail.next_try_at)
    return bool(same.update(next_try_at=now + LEASE, attempts=F("attempts") + 1, updated_at=now))


def _deliver(mail: OutgoingMail) -> bool:
    message = EmailMultiAlternatives(mail.subject, mail.body, to=[mail.to])
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach("event.ics", mail.calendar, "text/calendar")
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        _close(mail, type(error).__name__)
    except SERVER_ERRORS as error:
        _try_later(mail, type(error).__name__)
        return False
    else:
        _close(mail, "")
    return True


def _close(mail: OutgoingMail, error: str) -> None:
    now = timezone.now()
    OutgoingMail.objects.filter(pk=mail.pk).update(
        sent_at=now, updated_at=now, to="", subject="", body="", html="", calendar="", last_error=error
    )


def _try_later(mail: OutgoingMail, error: str) -> None:
    now = timezone.now()
    OutgoingMail.objects.filter(pk=mail.pk).update(
        next_try_at=now + _pause(mail.attempts + 1), updated_at=now, last_error=error
    )


def _pause(attempts: int) -> timedelta:
    return min(timedelta(seconds=5 * 2 ** min(attempts - 1, 8)), LONGEST_PAUSE)
