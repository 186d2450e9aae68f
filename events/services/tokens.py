"""Machines' keys. The text is shown once; the database keeps its digest."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from events.models import ApiToken, Event, Track

PREFIX = "dk_"
NOTED_EACH = timedelta(minutes=1)


def issue_token(
    *,
    event: Event,
    owner: User,
    name: str,
    can_control: bool,
    expires_at: datetime,
    track: Track | None = None,
) -> tuple[ApiToken, str]:
    """Make a token and return its row and its text, which cannot be read again."""
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        event=event,
        owner=owner,
        name=name,
        can_control=can_control,
        track=track,
        expires_at=expires_at,
        digest=_digest(text),
    )
    return token, text


def revoke_token(token: ApiToken) -> None:
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=Now())


def token_from_text(text: str) -> ApiToken | None:
    """The token, while it is neither revoked nor expired and its owner's account is active."""
    tokens = ApiToken.objects.select_related("owner")
    valid = tokens.filter(revoked_at=None, expires_at__gt=Now(), owner__is_active=True)
    token = valid.filter(digest=_digest(text)).first()
    if token is not None:
        _note_use(token)
    return token


def _note_use(token: ApiToken) -> None:
    """To the minute: a robot that asks every second does not write every second."""
    if token.last_used_at is None or timezone.now() - token.last_used_at > NOTED_EACH:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=Now())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
