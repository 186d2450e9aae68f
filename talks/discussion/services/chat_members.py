"""The name under which somebody writes, given at their first message."""

from django.db import IntegrityError, transaction

from accounts.models import User
from events.models import Event, PublicProfile
from talks.discussion.chat_errors import NameNeeded, NameRefused, NameTaken
from talks.discussion.chat_names import fold, tidy_name
from talks.discussion.chat_selectors import member_of
from talks.discussion.models import ChatMember
from talks.models import Speaker


def join(*, event: Event, name: str, actor: User) -> ChatMember:
    """Who they are in this chat; made once. Raises NameNeeded, NameRefused or NameTaken."""
    known = member_of(actor, event)
    if known is not None:
        return known
    wanted = known_name(event, actor) or name
    if not wanted.strip():
        raise NameNeeded
    return _make(event, tidy_name(wanted), actor)


def known_name(event: Event, user: User) -> str:
    """As the programme names a speaker, or as a public profile names an attendee; else empty.

    A name that somebody else has by now is not known: the person chooses another.
    """
    speaker = Speaker.objects.filter(event=event, user=user).first()
    names = [speaker.name_ja] if speaker else []
    rows = PublicProfile.objects.filter(registration__user=user, registration__event=event, is_public=True)
    names += rows.values_list("nickname", flat=True)
    return next((name for name in names if _is_free(event, name, user)), "")


def _is_free(event: Event, name: str, user: User) -> bool:
    try:
        tidy_name(name)
    except NameRefused:
        return False
    others = ChatMember.objects.filter(event=event, folded=fold(name)).exclude(user=user)
    return not others.exists() and not _is_a_speakers(event, name, user)


def _make(event: Event, name: str, actor: User) -> ChatMember:
    if _is_a_speakers(event, name, actor):
        raise NameTaken
    try:
        with transaction.atomic():
            return ChatMember.objects.create(event=event, user=actor, name=name, folded=fold(name))
    except IntegrityError:
        # Somebody has the name, or another tab of the same person was quicker.
        if known := member_of(actor, event):
            return known
        raise NameTaken from None


def _is_a_speakers(event: Event, name: str, user: User) -> bool:
    """Nobody writes in a speaker's name."""
    rows = Speaker.objects.filter(event=event).exclude(user=user).values_list("name_ja", "name_en")
    return fold(name) in {fold(one) for row in rows for one in row if one}
