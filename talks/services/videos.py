"""Put the recording of a talk on its page, and take it down again."""

from django.db import transaction

from accounts.models import User
from dreamkast.lib.errors import DomainError
from events.services.revision import touch
from talks.models import Talk, TalkVideo


class VideoRefused(DomainError):
    """Nothing was published."""


class MustNotBeRecorded(VideoRefused):
    """The talk is marked do-not-record."""

    code = "do_not_record"


class NotOnThePage(VideoRefused):
    """A talk that is not published has no page on which a video could be."""

    code = "not_published"


def publish_video(*, talk: Talk, url: str, seconds: int | None, actor: User | None) -> TalkVideo:
    """Show a finished recording on the talk's page. Raises VideoRefused."""
    with transaction.atomic():
        present = Talk.objects.select_related("event").get(pk=talk.pk)
        if present.do_not_record:
            raise MustNotBeRecorded
        if not present.is_published:
            raise NotOnThePage
        video, _ = TalkVideo.objects.update_or_create(talk=present, defaults={"url": url, "seconds": seconds})
        touch(present.event)
    return video


def take_down_video(*, talk: Talk, actor: User | None) -> bool:
    """False when there was none."""
    with transaction.atomic():
        count, _ = TalkVideo.objects.filter(talk=talk).delete()
        if count:
            touch(talk.event)
    return bool(count)
