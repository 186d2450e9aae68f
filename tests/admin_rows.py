"""One row of each model in an event, with words that give it away where it should not be seen."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.utils import timezone

from events import models as events
from events.admin_scope import EventScopedAdmin
from events.enums import Role
from events.services.consent import publish_consent
from events.services.join_links import issue_join_link
from events.services.roles import grant_role
from events.services.tokens import issue_token
from streaming import models as streaming
from streaming.enums import DutyStep
from talks import models as talks
from talks.discussion import models as discussion
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    AnnouncementFactory,
    DayFactory,
    EventFactory,
    EventLinkFactory,
    EventTextFactory,
    QuestionFactory,
    RegistrationFactory,
    RoomFactory,
    SponsorFactory,
    SponsorTierFactory,
    TeamMemberFactory,
    TrackFactory,
)
from tests.factories.talks import SpeakerFactory, TalkFactory


def scoped_models() -> list[Any]:
    return [model for model, page in admin.site._registry.items() if isinstance(page, EventScopedAdmin)]


def organizer_of(event: events.Event) -> Any:
    user = UserFactory(email=f"organizer-{event.slug}@example.com")
    grant_role(event=event, user=user, role=Role.ORGANIZER, actor=None)
    return user


def full_event(word: str) -> dict[Any, Any]:
    """An event with a row of every model that the admin shows; `word` is in all that can be read."""
    event = EventFactory(slug=word.lower(), name_ja=f"{word}会議", name_en=f"{word} Conf")
    person = UserFactory(email=f"{word.lower()}-person@example.com", name=f"{word} Person")
    room = RoomFactory(event=event, name_ja=f"{word}室", name_en=f"{word} Room")
    track = TrackFactory(event=event, name=f"{word} Track", room=room)
    tier = SponsorTierFactory(event=event, name_ja=f"{word}級", name_en=f"{word} Tier")
    rows = [event, room, track, tier, DayFactory(event=event)]
    rows += [SponsorFactory(event=event, tier=tier, name=f"{word} Sponsor")]
    rows += [AnnouncementFactory(event=event, text_ja=f"{word}のお知らせ", text_en=f"{word} notice")]
    rows += _registration(event, person, word)
    rows += [grant_role(event=event, user=person, role=Role.BROADCASTER, actor=None)]
    rows += [events.RoleChange.objects.get(event=event)]
    rows += [issue_join_link(event=event, user=person, actor=None)[0]]
    rows += [
        events.RoleInvitation.objects.create(
            event=event, email=f"{word}@example.com".lower(), role="reception"
        )
    ]
    rows += [_token(event, person, word), *_programme(event, track, word)]
    rows += _overrides(rows[-2], person, word)
    rows += _live(track, rows[-4], person, word)
    rows += _words(event, word)
    rows += _discussion(talks.Talk.objects.get(event=event), person, word)
    return {type(row): row for row in rows}


def _registration(event: events.Event, person: Any, word: str) -> list[Any]:
    question = QuestionFactory(event=event, key="size", label_ja=f"{word}の質問", label_en=f"{word} question")
    consent = publish_consent(event=event, text_ja=f"{word}の規約", text_en=f"{word} terms", actor=person)
    export = events.RegistrationExport.objects.create(event=event, actor=person, kind="csv", rows=1)
    settings = events.RegistrationSettings.objects.get(pk=event.pk)
    row = RegistrationFactory(event=event, user=person)
    profile = events.PublicProfile.objects.create(registration=row, nickname=f"{word} nick", line=word)
    return [row, question, consent, export, settings, profile]


def _token(event: events.Event, person: Any, word: str) -> events.ApiToken:
    expires = timezone.now() + dt.timedelta(days=1)
    return issue_token(
        event=event, owner=person, name=f"{word} token", can_control=False, expires_at=expires
    )[0]


def _programme(event: events.Event, track: events.Track, word: str) -> list[Any]:
    talk = TalkFactory(event=event, track=track, title=f"{word} talk")
    speaker = SpeakerFactory(event=event, name_ja=f"{word} 話者", name_en=f"{word} Speaker")
    talks.TalkSpeaker.objects.create(talk=talk, speaker=speaker)
    change = talks.ProgrammeChange.objects.create(
        talk=talk, field="title", before=f"{word} old", after=f"{word} new"
    )
    return [speaker, *_drafted(event, talk, word), talk, change]


def _discussion(talk: talks.Talk, person: Any, word: str) -> list[Any]:
    question = discussion.TalkQuestion.objects.create(talk=talk, body=f"{word} question", asker=person)
    return [
        question,
        discussion.Answer.objects.create(
            question=question, author=person, role="staff", body=f"{word} answer"
        ),
        discussion.QuestionLog.objects.create(question=question, verb="hidden", actor=person),
        discussion.QuestionSettings.objects.create(event=talk.event),
        *_chat(talk.track, person, word),
    ]


def _chat(track: events.Track, person: Any, word: str) -> list[Any]:
    event, room = track.event, discussion.ChatRoom.objects.create(track=track)
    member = discussion.ChatMember.objects.create(event=event, user=person, name=word, folded=word)
    message = discussion.ChatMessage.objects.create(room=room, author=member, body=f"{word} said", number=1)
    return [
        discussion.ChatSettings.objects.create(event=event),
        room,
        message,
        discussion.ChatReport.objects.create(message=message, reporter=person, text=f"{word} said"),
        discussion.ChatSilence.objects.create(event=event, user=person, reason=f"{word} calm", by=person),
        discussion.ChatLog.objects.create(event=event, message=message, verb="hidden", text=f"{word} said"),
    ]


def _drafted(event: events.Event, talk: talks.Talk, word: str) -> list[Any]:
    return [
        talks.DraftChange.objects.create(event=event, talk=talk, after={}),
        talks.ProgrammeVersion.objects.create(event=event, number=1, note=f"{word} note"),
        talks.ProgrammeImport.objects.create(event=event, name=f"{word}.csv", content=b""),
    ]


def _words(event: events.Event, word: str) -> list[Any]:
    text = EventTextFactory(event=event, body_ja=f"{word}の方針", body_en=f"{word} policy")
    link = EventLinkFactory(event=event, title_ja=f"{word}の頁", title_en=f"{word} page")
    member = TeamMemberFactory(event=event, name_ja=f"{word}の係", name_en=f"{word} member")
    return [text, link, member, events.LifeChange.objects.create(event=event, verb="announce")]


def _live(track: events.Track, talk: talks.Talk, person: Any, word: str) -> list[Any]:
    on_air = streaming.OnAir.objects.create(track=track, talk=talk, card="")
    log = streaming.OnAirLog.objects.create(
        track=track, revision=1, command="take", to_talk=talk, source="console", idempotency_key=word
    )
    stream = streaming.Stream.objects.create(track=track, gateway="local", external_id=f"{word}-id")
    step = streaming.StreamLog.objects.create(stream=stream, generation=1, what="request_start", detail=word)
    duty = streaming.Duty.objects.create(track=track, person=person, note=f"{word} note")
    turn = streaming.DutyLog.objects.create(track=track, step=DutyStep.values[0], actor=person)
    return [on_air, log, stream, step, duty, turn, *_console(track, talk), *_cloud(stream, word)]


def _console(track: events.Track, talk: talks.Talk) -> list[Any]:
    own = {"track": track, "talk": talk}
    refused = {"command": "take", "code": "stale", "expected_revision": 1, "present_revision": 2}
    return [
        streaming.RefusedCommand.objects.create(**own, **refused, source="console"),
        streaming.Shift.objects.create(**own, minutes=5, scope="one"),
        streaming.Webhook.objects.create(event=track.event, name=talk.title, url="https://hooks.example/x"),
    ]


def _overrides(talk: talks.Talk, person: Any, word: str) -> list[Any]:
    until = timezone.now() + dt.timedelta(minutes=30)
    own = {"talk": talk, "verb": "air"}
    override = streaming.Override.objects.create(**own, reason=f"{word} reason", expires_at=until)
    attempt = streaming.AttemptLog.objects.create(**own, outcome="asked", source="console", actor=person)
    return [override, attempt]


def _recording(stream: streaming.Stream, word: str) -> streaming.Recording:
    talk = talks.Talk.objects.get(event=stream.track.event, title=f"{word} talk")
    start = timezone.now() - dt.timedelta(hours=1)
    edges = {"starts_at": start, "ends_at": timezone.now()}
    proposed = {"proposed_start": start, "proposed_end": edges["ends_at"]}
    return streaming.Recording.objects.create(
        talk=talk, track=stream.track, stream=stream, source="local", error=word, **edges, **proposed
    )


def _cloud(stream: streaming.Stream, word: str) -> list[Any]:
    media = streaming.EventMedia.objects.create(event=stream.track.event, encoders="203.0.113.7/32")
    own = {"stream": stream, "owner": f"stream:{word}", "part": "picture", "name": f"{word} picture"}
    resource = streaming.MediaResource.objects.create(**own)
    switch = streaming.InputSwitch.objects.create(
        stream=stream, number=1, target="slate", action_name="1-1", detail=word
    )
    return [
        media,
        resource,
        switch,
        _recording(stream, word),
        streaming.RunningTime.objects.create(stream=stream, since=timezone.now()),
    ]
