import factory

from talks.discussion import models
from talks.discussion.chat_names import fold
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, TrackFactory


class ChatSettingsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ChatSettings

    event = factory.SubFactory(EventFactory)
    is_on = True


class ChatMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ChatMember

    event = factory.SubFactory(EventFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"参加者{n}")
    folded = factory.LazyAttribute(lambda member: fold(member.name))


def chat_track(**event):
    """A track of an event whose chat is on."""
    track = TrackFactory(event=EventFactory(**({"status": "opened"} | event)))
    ChatSettingsFactory(event=track.event)
    return track


def chatter(track, name="", **user):
    """A registered person; with a name one who has written before."""
    person = RegistrationFactory(event=track.event, user=UserFactory(**user)).user
    if name:
        ChatMemberFactory(event=track.event, user=person, name=name)
    return person
