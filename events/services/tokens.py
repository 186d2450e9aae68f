"""Machines' keys. The text is shown once; the database keeps its digest."""

import hashlib
import secrets
from datetime import datetime

from django.db.models.functions import Now

from accounts.models import User
from events.models import ApiToken, Event

PREFIX = "dk_"


def issue_token(
    *, event: Event, owner: User, name: str, can_control: bool, expires_at: datetime
) -> tuple[ApiToken, str]:
    """Make a token and return its row and its text, which cannot be read again."""
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        event=event,
        owner=owner,
        name=name,
        can_control=can_control,
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
    return valid.filter(digest=_digest(text)).first()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
