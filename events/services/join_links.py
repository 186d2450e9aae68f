"""One person's own way into one event's viewer. The text is mailed; the database keeps its digest."""

import hashlib
import secrets
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from events.models import Event, JoinLink
from events.selectors import first_and_last_day

WITHOUT_DAYS = timedelta(days=7)


def issue_join_link(
    *, event: Event, user: User, reminder: str = "", actor: User | None
) -> tuple[JoinLink, str]:
    """Make a link and return its row and its address, which cannot be read again.

    The address signs its person in: it goes into a mail to that person and is shown to nobody else.
    """
    token = secrets.token_urlsafe(32)
    row = JoinLink.objects.create(
        event=event,
        user=user,
        reminder=reminder,
        digest=digest_of(token),
        expires_at=end_of(event),
        issued_by=actor,
    )
    return row, address_of(event, token)


def address_of(event: Event, token: str) -> str:
    return settings.SITE_URL + reverse("events:join", args=[event.slug, token])


def end_of(event: Event) -> datetime:
    """The end of the day after the event's last one, in the event's zone."""
    days = first_and_last_day(event)
    if days is None:
        return timezone.now() + WITHOUT_DAYS
    last = datetime.combine(days[1] + timedelta(days=2), time(), tzinfo=event.zone)
    return max(last, timezone.now())


def revoke_join_links(*, event: Event, user: User | None = None, actor: User) -> int:
    """Make a person's links, or all of the event's, worthless; how many there were."""
    links = JoinLink.objects.filter(event=event, revoked_at=None)
    return _revoke(links if user is None else links.filter(user=user))


def revoke_own_link(*, link: JoinLink, actor: User) -> bool:
    return bool(_revoke(JoinLink.objects.filter(pk=link.pk, user=actor, revoked_at=None)))


def link_from_token(event: Event, token: str) -> JoinLink | None:
    """The link, while it is neither revoked nor expired and its person's account is active."""
    links = JoinLink.objects.select_related("user", "event").filter(event=event, digest=digest_of(token))
    return links.filter(revoked_at=None, expires_at__gt=Now(), user__is_active=True).first()


def note_use(link: JoinLink) -> None:
    JoinLink.objects.filter(pk=link.pk).update(last_used_at=Now())


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _revoke(links: QuerySet[JoinLink]) -> int:
    return links.update(revoked_at=Now())
