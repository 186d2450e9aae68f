"""Ask, take back, vote: what attendees do. Each of it may be sent twice."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.services.limits import Limit, take_turn
from talks.discussion import live
from talks.discussion.enums import QuestionVerb
from talks.discussion.errors import AskedTooOften, Empty, QuestionGone, TooLong, VotedTooOften
from talks.discussion.models import QuestionLog, QuestionVote, TalkQuestion
from talks.discussion.models.question import LONGEST
from talks.discussion.opening import refuse_closed
from talks.discussion.selectors import whole_questions
from talks.discussion.services.question_counter import announce
from talks.discussion.services.vote_telling import tell_vote
from talks.models import Talk

QUESTIONS_PER_PERSON = Limit("questions per person", 5, timedelta(minutes=1))
# Each goes to every viewer of the talk.
VOTES_PER_PERSON = Limit("votes per person", 60, timedelta(minutes=1))


def ask(*, talk: Talk, body: str, client_key: uuid.UUID | None = None, actor: User) -> TalkQuestion:
    """Ask, or find what was asked with the same key. Raises DiscussionRefused."""
    text, key = clean(body, LONGEST), client_key or uuid.uuid4()
    if known := _asked_before(talk, key, actor):
        return known
    refuse_closed(talk, timezone.now())
    if not take_turn(QUESTIONS_PER_PERSON, str(actor.pk)):
        raise AskedTooOften
    try:
        with transaction.atomic():
            row = TalkQuestion.objects.create(talk=talk, asker=actor, client_key=key, body=text)
            return announce(live.ASKED, row)
    except IntegrityError:
        # Sent twice at once: the other request has asked it.
        if known := _asked_before(talk, key, actor):
            return known
        raise


def clean(body: str, longest: int) -> str:
    text = body.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise Empty
    if len(text) > longest:
        raise TooLong(longest)
    return text


def _asked_before(talk: Talk, key: uuid.UUID, actor: User) -> TalkQuestion | None:
    return whole_questions().filter(talk=talk, asker=actor, client_key=key).first()


def vote(*, question: TalkQuestion, actor: User) -> TalkQuestion:
    """Add the person's vote; voting twice is one vote. Raises DiscussionRefused."""
    return _vote(question, actor, is_wanted=True)


def unvote(*, question: TalkQuestion, actor: User) -> TalkQuestion:
    """Take the person's vote back, if there is one. Raises DiscussionRefused."""
    return _vote(question, actor, is_wanted=False)


def _vote(question: TalkQuestion, actor: User, *, is_wanted: bool) -> TalkQuestion:
    refuse_closed(question.talk, timezone.now())
    if not take_turn(VOTES_PER_PERSON, str(actor.pk)):
        raise VotedTooOften
    with transaction.atomic():
        row = locked(question)
        step = _change_vote(row, actor, is_wanted)
        if not step:
            return row
        TalkQuestion.objects.filter(pk=row.pk).update(votes=F("votes") + step)
        tell_vote(row)
        row.votes += step
        return row


def _change_vote(question: TalkQuestion, actor: User, is_wanted: bool) -> int:
    """By how much the number changes. Nobody else votes on a locked question meanwhile."""
    if is_wanted:
        return int(QuestionVote.objects.get_or_create(question=question, voter=actor)[1])
    return -QuestionVote.objects.filter(question=question, voter=actor).delete()[0]


def locked(question: TalkQuestion, *, hidden_too: bool = False) -> TalkQuestion:
    """The row as it is now, and nobody else's until the commit. Raises QuestionGone."""
    rows = TalkQuestion.objects.select_for_update(of=["self"], no_key=True).select_related("talk__event")
    row = (rows.alive() if hidden_too else rows.shown()).filter(pk=question.pk).first()
    if row is None:
        raise QuestionGone
    return row


def delete_question(*, question: TalkQuestion, actor: User) -> bool:
    """Take it back, or away. What its own asker deletes is not kept. False when it was gone already."""
    with transaction.atomic():
        try:
            row = locked(question, hidden_too=True)
        except QuestionGone:
            return False
        kept = {} if row.asker_id != actor.pk else {"body": "", "asker": None}
        TalkQuestion.objects.filter(pk=row.pk).update(deleted_at=timezone.now(), **kept)
        QuestionLog.objects.create(question=row, verb=QuestionVerb.DELETED, actor=_moderator(row, actor))
        announce(live.REMOVED, row)
    return True


def _moderator(question: TalkQuestion, actor: User) -> User | None:
    """The log names who moderates; it must not name who asked."""
    return actor if question.asker_id != actor.pk else None
