import factory

from talks.discussion import models
from tests.factories.accounts import UserFactory
from tests.factories.talks import TalkFactory


class TalkQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.TalkQuestion

    talk = factory.SubFactory(TalkFactory)
    asker = factory.SubFactory(UserFactory)
    body = factory.Sequence(lambda n: f"質問 {n}")


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Answer

    question = factory.SubFactory(TalkQuestionFactory)
    author = factory.SubFactory(UserFactory)
    role = "staff"
    body = factory.Sequence(lambda n: f"回答 {n}")
