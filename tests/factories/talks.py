import datetime as dt

import factory
from django.utils import timezone

from talks import models
from tests.factories.events import EventFactory, TrackFactory


class SpeakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Speaker

    event = factory.SubFactory(EventFactory)
    name_ja = factory.Sequence(lambda n: f"登壇 {n}")
    name_en = factory.Sequence(lambda n: f"Speaker {n}")


class TalkFactory(factory.django.DjangoModelFactory):
    """A published talk that is on now."""

    class Meta:
        model = models.Talk

    event = factory.SubFactory(EventFactory)
    track = factory.SubFactory(TrackFactory, event=factory.SelfAttribute("..event"))
    title = factory.Sequence(lambda n: f"講演{n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(minutes=10))
    ends_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(minutes=30))
    is_published = True
