"""A new text is published beside the old ones, which stay: people have agreed to them."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from events.models import ConsentText, Event


def publish_consent(*, event: Event, text_ja: str, text_en: str, actor: User | None) -> ConsentText:
    """Whoever opens their registration from now on is asked to agree to it."""
    with transaction.atomic():
        # Two who publish at once get two versions.
        Event.objects.select_for_update().get(pk=event.pk)
        latest = ConsentText.objects.filter(event=event).aggregate(latest=Max("version"))["latest"] or 0
        return ConsentText.objects.create(
            event=event,
            version=latest + 1,
            text_ja=text_ja,
            text_en=text_en,
            published_at=timezone.now(),
            author=actor,
        )
