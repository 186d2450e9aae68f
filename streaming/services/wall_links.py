"""Keys to the monitor wall, and to nothing else. The text is shown once; the database keeps its digest."""

import hashlib
import secrets
from datetime import timedelta

from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from events.models import Event
from streaming.models import WallLink


def make_wall_link(*, event: Event, name: str, days: int, actor: User) -> tuple[WallLink, str]:
    """Make a link and return its row and its text, which cannot be read again."""
    text = secrets.token_urlsafe(32)
    link = WallLink.objects.create(
        event=event,
        name=name,
        digest=_digest(text),
        expires_at=timezone.now() + timedelta(days=days),
        made_by=actor,
    )
    return link, text


def revoke_wall_link(*, link: WallLink, actor: User) -> bool:
    """At once, for open pages too; whether it was this call that did it."""
    rows = WallLink.objects.filter(pk=link.pk, revoked_at=None)
    return bool(rows.update(revoked_at=Now(), revoked_by=actor))


def wall_link_from_text(*, slug: str, text: str) -> WallLink | None:
    """The link of that event, while it is neither revoked nor expired."""
    valid = WallLink.objects.select_related("event").filter(revoked_at=None, expires_at__gt=Now())
    return valid.filter(event__slug=slug, digest=_digest(text)).first() if text else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
