"""Who may do what with the questions to a talk."""

from django.db.models import QuerySet

from events.enums import Role
from events.rules import Person, can_see_event, can_watch, is_registered, roles_of
from talks.discussion.enums import AnswerRole
from talks.discussion.models import Answer, TalkQuestion
from talks.models import Speaker, Talk
from talks.rules import can_see_talk

STAFF = {Role.ORGANIZER, Role.BROADCASTER}
MODERATORS = {*STAFF, Role.MODERATOR}


def speakers_of(talk: Talk, user: Person) -> QuerySet[Speaker]:
    """The person's own place among the speakers of the talk, if they have one."""
    return Speaker.objects.filter(talk_speakers__talk=talk, user=user.pk)


def is_speaker_of(user: Person, talk: Talk) -> bool:
    """Asked once per request and talk."""
    if not user.is_authenticated:
        return False
    known: dict[int, bool] = user.__dict__.setdefault("_speaks_at", {})
    if talk.pk not in known:
        known[talk.pk] = speakers_of(talk, user).exists()
    return known[talk.pk]


def can_read_questions(user: Person, talk: Talk) -> bool:
    """Whoever may watch and sees the talk; its speakers need no registration for that."""
    is_in = can_watch(user, talk.event) or (can_see_event(user, talk.event) and is_speaker_of(user, talk))
    return is_in and can_see_talk(user, talk)


def can_ask(user: Person, talk: Talk) -> bool:
    return is_registered(user, talk.event) and can_see_talk(user, talk)


can_vote = can_ask


def answer_role(user: Person, talk: Talk) -> AnswerRole | None:
    """In which role the person answers questions to the talk, if at all."""
    if is_speaker_of(user, talk):
        return AnswerRole.SPEAKER
    return AnswerRole.STAFF if roles_of(user, talk.event) & STAFF else None


def moderates_by_role(user: Person, talk: Talk) -> bool:
    return bool(roles_of(user, talk.event) & MODERATORS)


def can_moderate_questions(user: Person, talk: Talk) -> bool:
    """Hide, show, pin, mark answered, merge: who looks after the event's talk, and who gives it."""
    return moderates_by_role(user, talk) or is_speaker_of(user, talk)


def can_delete_question(user: Person, question: TalkQuestion) -> bool:
    """The asker, and who moderates the event. Speakers hide."""
    return is_asker(user, question) or moderates_by_role(user, question.talk)


def can_delete_answer(user: Person, answer: Answer) -> bool:
    is_author = bool(user.is_authenticated) and answer.author_id == user.pk
    return is_author or moderates_by_role(user, answer.question.talk)


def is_asker(user: Person, question: TalkQuestion) -> bool:
    return bool(user.is_authenticated) and question.asker_id == user.pk
