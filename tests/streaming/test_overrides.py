"""Do-not-stream, and the two people who may override it: every attempt is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.enums import Role
from events.models import RoleGrant
from streaming import errors
from streaming.enums import OverrideVerb, Source
from streaming.models import AttemptLog, OnAir, Override
from streaming.personal_data import erase
from streaming.selectors.control_room import control_room
from streaming.selectors.overrides import is_forbidden, is_overridden, overridden_talks
from streaming.services import overrides
from streaming.services.automation import arm, run_due
from streaming.services.on_air import ensure_on_air
from talks.models import Talk
from talks.services import drafting
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RoleGrantFactory

VERBS = [verb.value for verb in OverrideVerb]


@pytest.fixture
def talk(make_talk):
    return make_talk(title="Off the record", do_not_stream=True)


@pytest.fixture
def organizer(event):
    user = UserFactory(email="organizer@example.com", name="Organizer")
    RoleGrantFactory(event=event, user=user, role=Role.ORGANIZER)
    return user


@pytest.fixture
def ask(talk, director):
    def ask(verb="air", actor=director, reason="The speaker agreed"):
        return overrides.ask_override(talk=talk, verb=verb, reason=reason, actor=actor)

    return ask


@pytest.fixture
def agreed(ask, organizer):
    """A confirmed override."""

    def agree(verb="air"):
        override = ask(verb)
        overrides.confirm_override(override=override, actor=organizer)
        override.refresh_from_db()
        return override

    return agree


def log():
    return [(row.verb, row.outcome, row.source, row.detail) for row in AttemptLog.objects.order_by("pk")]


def lapse(override):
    Override.objects.filter(pk=override.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


# What lets a talk through


def asked(ask, organizer):
    ask()


def agreed_upon(ask, organizer):
    overrides.confirm_override(override=ask(), actor=organizer)


def lapsed(ask, organizer):
    override = ask()
    overrides.confirm_override(override=override, actor=organizer)
    lapse(override)


def withdrawn(ask, organizer):
    override = ask()
    overrides.confirm_override(override=override, actor=organizer)
    overrides.withdraw_override(override=override, actor=organizer)


def declined(ask, organizer):
    overrides.withdraw_override(override=ask(), actor=organizer)


@pytest.mark.parametrize(
    ("state", "is_let_through"),
    [(asked, False), (agreed_upon, True), (lapsed, False), (withdrawn, False), (declined, False)],
)
def test_only_a_confirmed_override_lets_through_and_only_what_it_is_for(
    state, is_let_through, ask, talk, organizer
):
    state(ask, organizer)
    assert {verb: is_overridden(talk, verb) for verb in VERBS} == {
        "air": is_let_through,
        "harvest": False,
        "export": False,
    }
    assert overridden_talks([talk], "air") == ({talk.pk} if is_let_through else set())


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_overridden_by_itself(verb, agreed, talk):
    agreed(verb)
    assert {other: is_forbidden(talk, other) for other in VERBS} == {other: other != verb for other in VERBS}


def test_an_override_is_for_one_talk(agreed, make_talk):
    agreed()
    assert is_forbidden(make_talk(do_not_stream=True), "air")


def test_a_talk_without_the_mark_needs_no_override(make_talk):
    assert not is_forbidden(make_talk(), "air")


# Who may ask and confirm


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.BROADCASTER, True), (Role.ORGANIZER, True), (Role.MODERATOR, False), (Role.RECEPTION, False)],
)
def test_asking_and_confirming_needs_somebody_who_directs(verb, role, may, event, ask, agreed, talk):
    person = UserFactory()
    RoleGrantFactory(event=event, user=person, role=role)
    if not may:
        with pytest.raises(overrides.MayNotOverride):
            ask(verb, actor=person)
        override = ask(verb)
        with pytest.raises(overrides.MayNotOverride):
            overrides.confirm_override(override=override, actor=person)
    else:
        overrides.confirm_override(override=ask(verb), actor=person)
    assert is_overridden(talk, verb) is may


def test_a_director_of_another_event_is_nobody_here(ask, talk):
    stranger = UserFactory()
    RoleGrantFactory(event=EventFactory(), user=stranger, role=Role.ORGANIZER)
    with pytest.raises(overrides.MayNotOverride):
        overrides.confirm_override(override=ask(), actor=stranger)
    assert is_forbidden(talk, "air")


def test_whoever_asked_cannot_confirm_and_the_attempt_is_kept(ask, director, talk):
    with pytest.raises(overrides.SamePerson):
        overrides.confirm_override(override=ask(), actor=director)
    assert is_forbidden(talk, "air")
    assert log()[-1] == ("air", "refused", "console", "same_person")


def test_the_database_wants_two_people(ask, director):
    override = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=override.pk).update(confirmed_by=director)


def test_the_database_wants_a_reason(talk, director):
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.create(talk=talk, verb="air", asked_by=director, expires_at=timezone.now())


def test_the_request_of_somebody_who_lost_the_role_cannot_be_confirmed(ask, director, organizer, talk):
    override = ask()
    RoleGrant.objects.filter(user=director).delete()
    with pytest.raises(overrides.MayNotOverride):
        overrides.confirm_override(
            override=Override.objects.select_related("asked_by", "talk__event").get(pk=override.pk),
            actor=organizer,
        )
    assert is_forbidden(talk, "air")


def test_the_request_of_somebody_who_was_erased_is_withdrawn(ask, director, organizer):
    override = ask()
    erase(director)
    director.delete()
    override.refresh_from_db()
    assert (override.asked_by, override.withdrawn_at is None) == (None, False)
    with pytest.raises(overrides.MayNotOverride):
        overrides.confirm_override(override=override, actor=organizer)


def test_an_agreement_outlives_the_account_of_who_agreed(agreed, organizer, talk):
    agreed()
    organizer.delete()
    assert is_overridden(talk, "air")


# Its life


def test_a_request_waits_for_half_an_hour(ask):
    override = ask()
    assert override.expires_at - override.asked_at == timedelta(minutes=30)


def test_a_request_that_lapsed_cannot_be_confirmed_but_asked_for_again(ask, organizer, talk):
    first = ask()
    lapse(first)
    with pytest.raises(overrides.OverrideGone):
        overrides.confirm_override(override=first, actor=organizer)
    overrides.confirm_override(override=ask(), actor=organizer)
    first.refresh_from_db()
    assert (first.withdrawn_at, first.withdrawn_by) == (first.expires_at, None)
    assert is_overridden(talk, "air")


def test_what_is_asked_for_already_is_not_asked_for_twice(ask, agreed, organizer):
    ask()
    with pytest.raises(overrides.OpenAlready):
        ask(actor=organizer)
    agreed("harvest")
    with pytest.raises(overrides.OpenAlready):
        ask("harvest")
    assert Override.objects.count() == 2


def test_a_second_consent_changes_nothing(agreed, organizer, talk):
    override = agreed()
    with pytest.raises(overrides.OverrideGone):
        overrides.confirm_override(override=override, actor=organizer)
    assert is_overridden(talk, "air")


def test_an_unmarked_talk_asks_for_nothing(make_talk, director):
    with pytest.raises(overrides.NothingToOverride):
        overrides.ask_override(talk=make_talk(), verb="air", reason="why not", actor=director)


@pytest.mark.parametrize(
    ("confirmed", "until"),
    [
        # Tokyo is nine hours ahead: its day ends at 15:00 UTC.
        (datetime(2026, 11, 24, 1, tzinfo=UTC), datetime(2026, 11, 24, 15, tzinfo=UTC)),
        (datetime(2026, 11, 24, 14, 50, tzinfo=UTC), datetime(2026, 11, 24, 18, 50, tzinfo=UTC)),
    ],
)
def test_it_is_valid_until_the_day_ends_where_the_event_is_and_four_hours_at_least(event, confirmed, until):
    assert overrides.valid_until(event, confirmed) == until


def test_withdrawing_twice_is_safe(agreed, director):
    override = agreed()
    assert overrides.withdraw_override(override=override, actor=director)
    assert not overrides.withdraw_override(override=override, actor=director)
    assert [row[1] for row in log()] == ["asked", "confirmed", "withdrawn"]


def test_a_request_that_another_person_withdraws_is_declined(ask, organizer):
    overrides.withdraw_override(override=ask(), actor=organizer)
    assert log()[-1] == ("air", "withdrawn", "console", "declined")


# On air


def test_without_an_override_it_is_refused_and_kept_who_tried(track, talk, command, director):
    with pytest.raises(errors.DoNotStream):
        command(track, "take", talk=talk, actor=director)
    row = AttemptLog.objects.get()
    assert (row.talk, row.actor, row.at is None) == (talk, director, False)
    assert log() == [("air", "refused", "console", "do_not_stream")]


@pytest.mark.parametrize("source", [Source.CONSOLE, Source.API, Source.COMMAND])
def test_with_an_override_it_goes_on_air_by_every_way_of_people(source, agreed, track, talk, command):
    agreed()
    assert command(track, "take", talk=talk, source=source).changed
    assert OnAir.objects.get(track=track).talk == talk
    assert log()[-1] == ("air", "used", source.value, "")


def test_automation_never_uses_an_override(agreed, track, talk, command):
    agreed()
    with pytest.raises(errors.DoNotStream):
        command(track, "take", talk=talk, source=Source.AUTOMATION)
    assert log()[-1] == ("air", "refused", "automation", "do_not_stream")


def test_armed_automation_shows_the_card_instead_of_the_talk(agreed, track, event, make_talk, director):
    agreed()
    soon = timezone.now() + timedelta(milliseconds=200)
    make_talk(do_not_stream=True, starts_at=soon, ends_at=soon + timedelta(hours=1))
    row = arm(track=track, expected_revision=ensure_on_air(track).revision, actor=director)
    assert (row.talk, row.card) == (None, "waiting")
    assert run_due(event) == 0


@pytest.mark.parametrize("verb", ["harvest", "export"])
def test_an_override_for_something_else_does_not_put_it_on_air(verb, agreed, track, talk, command):
    agreed(verb)
    with pytest.raises(errors.DoNotStream):
        command(track, "take", talk=talk)


def test_an_unpublished_talk_is_refused_as_such_and_the_attempt_kept(agreed, track, make_talk, command):
    with pytest.raises(errors.NotPublished):
        command(track, "take", talk=make_talk(do_not_stream=True, is_published=False))
    assert log() == [("air", "refused", "console", "not_published")]


def test_a_stale_attempt_is_kept_too(track, talk, make_talk, command):
    command(track, "take", talk=make_talk())
    with pytest.raises(errors.StaleCommand):
        command(track, "take", talk=talk, expected_revision=0)
    assert log() == [("air", "refused", "console", "stale")]


def test_undo_does_not_bring_back_what_was_marked_meanwhile(track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    command(track, "card", card="break")
    talk.do_not_stream = True
    talk.save()
    with pytest.raises(errors.DoNotStream):
        command(track, "undo")
    assert log() == [("air", "refused", "console", "do_not_stream")]


def test_what_was_marked_under_the_technical_card_stays_covered(track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    command(track, "card", card="technical")
    talk.do_not_stream = True
    talk.save()
    with pytest.raises(errors.DoNotStream):
        command(track, "clear")
    assert (OnAir.objects.get(track=track).card, log()[-1][1]) == ("technical", "refused")


def test_with_an_override_the_card_over_it_can_be_lifted(agreed, track, talk, command):
    agreed()
    command(track, "take", talk=talk)
    command(track, "card", card="technical")
    assert command(track, "clear").changed
    assert [row[1] for row in log()] == ["asked", "confirmed", "used", "used"]


def test_a_replayed_press_is_one_use(agreed, track, talk, command):
    agreed()
    for _ in range(2):
        command(track, "take", talk=talk, idempotency_key="once", expected_revision=0)
    assert [row[1] for row in log()].count("used") == 1


def test_after_the_withdrawal_it_is_refused_again_and_what_is_on_air_stays(
    agreed, track, talk, command, director
):
    override = agreed()
    command(track, "take", talk=talk)
    overrides.withdraw_override(override=override, actor=director)
    assert OnAir.objects.get(track=track).talk == talk
    command(track, "card", card="break")
    with pytest.raises(errors.DoNotStream):
        command(track, "take", talk=talk)


def test_a_refusal_is_not_noted_in_the_transaction_that_is_rolled_back(talk, director):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        overrides.note_refused(talk=talk, verb="air", source=Source.CONSOLE, actor=director)


# What the control room shows


def shown(event):
    return control_room(event)["tracks"][0]


def test_a_waiting_request_is_shown_with_who_asks_and_why(ask, track, event, talk, director):
    override = ask(reason="Agreed on the phone")
    open_one = shown(event)["overrides"]["open"][0]
    assert (open_one["id"], open_one["talk_id"], open_one["verb"]) == (override.pk, talk.pk, "air")
    assert open_one["asked_by"] == {"id": director.pk, "name": director.display_name}
    assert (open_one["reason"], open_one["is_valid"]) == ("Agreed on the phone", False)


def test_the_playlist_says_that_it_must_not_be_streamed_until_two_agreed(agreed, track, event, talk):
    before = shown(event)["playlist"][0]
    agreed()
    after = shown(event)["playlist"][0]
    assert (before["do_not_stream"], before["may_air"]) == (True, False)
    assert (after["do_not_stream"], after["may_air"]) == (True, True)


def test_attempts_are_shown_newest_first(agreed, track, event, talk, command):
    agreed()
    command(track, "take", talk=talk)
    attempts = shown(event)["overrides"]["attempts"]
    assert [row["outcome"] for row in attempts] == ["used", "confirmed", "asked"]


def test_what_ended_is_not_open(agreed, track, event, director):
    lapse(agreed("harvest"))
    overrides.withdraw_override(override=agreed("air"), actor=director)
    assert shown(event)["overrides"]["open"] == []


# By HTTP


def post(client, path, **body):
    return client.post(f"/seaside/console/{path}", body, content_type="application/json")


def test_one_asks_and_the_other_confirms(client, talk, director, organizer):
    client.force_login(director)
    asked = post(client, f"talks/{talk.pk}/overrides", verb="air", reason="Agreed").json()
    assert post(client, f"overrides/{asked['id']}", step="confirm").json() == {"code": "same_person"}
    client.force_login(organizer)
    assert post(client, f"overrides/{asked['id']}", step="confirm").json() == {"code": "done"}
    row = Override.objects.get(pk=asked["id"])
    assert (row.asked_by, row.confirmed_by, row.reason) == (director, organizer, "Agreed")


@pytest.mark.parametrize(
    "body", [{}, {"verb": "air"}, {"verb": "air", "reason": "  "}, {"verb": "dance", "reason": "x"}]
)
def test_a_request_without_a_verb_or_a_reason_is_malformed(body, client, talk, director):
    client.force_login(director)
    answer = post(client, f"talks/{talk.pk}/overrides", **body)
    assert (answer.status_code, answer.json()) == (422, {"code": "malformed"})
    assert Override.objects.count() == 0


def test_a_reason_that_is_too_long_is_malformed(client, talk, director):
    client.force_login(director)
    assert post(client, f"talks/{talk.pk}/overrides", verb="air", reason="x" * 201).status_code == 422


def test_a_refused_request_says_why(client, talk, director, ask):
    ask()
    client.force_login(director)
    answer = post(client, f"talks/{talk.pk}/overrides", verb="air", reason="Again")
    assert (answer.status_code, answer.json()) == (409, {"code": "open_already"})


def test_an_override_of_another_event_is_not_found(client, director, make_talk):
    other = Override.objects.create(
        talk=make_talk(event=EventFactory(), track=None, do_not_stream=True),
        verb="air",
        reason="theirs",
        expires_at=timezone.now() + timedelta(minutes=1),
    )
    client.force_login(director)
    assert post(client, f"overrides/{other.pk}", step="confirm").status_code == 404


def test_the_undo_of_a_new_entry_leaves_what_the_log_names(event, director):
    entry = Talk(title="Closed circle", do_not_stream=True)
    drafting.add_entry(event=event, entry=entry, actor=director)
    overrides.ask_override(talk=entry, verb="air", reason="Soon", actor=director)
    with pytest.raises(drafting.NothingToUndo):
        drafting.undo_last(event=event, actor=director)
    assert AttemptLog.objects.get().talk == entry
