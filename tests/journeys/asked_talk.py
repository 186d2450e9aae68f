"""Beside a running site: a talk of the demo conference to which nobody has asked anything yet."""

from accounts.models import Turns
from talks.discussion.models import TalkQuestion
from talks.models import Talk


def main() -> int:
    """A test after the other asks; the limit of one person is not what they are about."""
    Turns.objects.all().delete()
    talks = Talk.objects.filter(event__slug="demo", is_published=True, cancelled_at=None).exclude(
        kind="break"
    )
    talk = talks.exclude(pk__in=TalkQuestion.objects.values("talk")).order_by("pk").first()
    assert talk is not None
    return talk.pk
