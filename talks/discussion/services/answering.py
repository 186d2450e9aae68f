"""Answer a question, and take an answer back."""

import uuid

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from talks.discussion import live
from talks.discussion.enums import AnswerRole, QuestionVerb
from talks.discussion.errors import QuestionGone
from talks.discussion.models import Answer, QuestionLog, TalkQuestion
from talks.discussion.models.answer import LONGEST_ANSWER
from talks.discussion.opening import refuse_closed
from talks.discussion.rules import speakers_of
from talks.discussion.services.asking import clean, locked
from talks.discussion.services.question_counter import announce


def answer(
    *, question: TalkQuestion, body: str, role: AnswerRole, client_key: uuid.UUID | None = None, actor: User
) -> TalkQuestion:
    """Answer in a role; the same key is the same answer. Raises DiscussionRefused."""
    text = clean(body, LONGEST_ANSWER)
    refuse_closed(question.talk, timezone.now())
    with transaction.atomic():
        row = locked(question)
        if client_key and Answer.objects.filter(author=actor, client_key=client_key).exists():
            return row
        speaker = speakers_of(row.talk, actor).first() if role == AnswerRole.SPEAKER else None
        Answer.objects.create(
            question=row, author=actor, speaker=speaker, role=role, client_key=client_key, body=text
        )
        return announce(live.ANSWERED, row)


def delete_answer(*, answer: Answer, actor: User) -> bool:
    """What its own author deletes is not kept. False when it was gone already."""
    with transaction.atomic():
        question = _locked_question(answer)
        kept = {"body": ""} if answer.author_id == actor.pk else {}
        rows = Answer.objects.shown().filter(pk=answer.pk)
        if not rows.update(deleted_at=timezone.now(), **kept):
            return False
        QuestionLog.objects.create(question=question, verb=QuestionVerb.ANSWER_DELETED, actor=actor)
        announce(live.CHANGED, question)
    return True


def _locked_question(answer: Answer) -> TalkQuestion:
    try:
        return locked(answer.question, hidden_too=True)
    except QuestionGone:
        return answer.question
