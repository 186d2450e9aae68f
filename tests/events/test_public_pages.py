import datetime as dt

import pytest
from django.utils import timezone

from events.enums import EventStatus, Role
from events.theme import theme_css
from tests.factories.events import (
    DayFactory,
    EventFactory,
    RoleGrantFactory,
    SponsorFactory,
    SponsorTierFactory,
    TrackFactory,
)
from tests.factories.talks import SpeakerFactory, TalkFactory


@pytest.fixture
def event(db):
    event = EventFactory(slug="seaside", name_ja="潮騒", tagline_ja="動かし続ける人たちの二日間")
    DayFactory(event=event, date=timezone.now().astimezone(event.zone).date())
    return event


@pytest.fixture
def track(event):
    return TrackFactory(event=event, name="A")


def at(event, **fields):
    for name, value in fields.items():
        setattr(event, name, value)
    event.save()


# The front page


def test_front_page_groups_events_by_what_a_visitor_can_do(client, db):
    EventFactory(slug="open", status=EventStatus.OPENED)
    EventFactory(slug="soon", status=EventStatus.ANNOUNCED)
    EventFactory(slug="over", status=EventStatus.CLOSED)
    EventFactory(slug="old", status=EventStatus.ARCHIVED)
    shown = client.get("/").context["conferences"]
    groups = [[event.slug for event in group] for group in (shown.now, shown.coming, shown.past)]
    assert [groups[0], groups[1], sorted(groups[2])] == [["open"], ["soon"], ["old", "over"]]


def test_next_event_comes_first_and_one_without_days_last(client, db):
    EventFactory(slug="undated", status=EventStatus.ANNOUNCED)
    for slug, month in (("late", 9), ("early", 3)):
        event = EventFactory(slug=slug, status=EventStatus.ANNOUNCED)
        DayFactory(event=event, date=dt.date(2030, month, 1))
    coming = client.get("/").context["conferences"].coming
    assert [event.slug for event in coming] == ["early", "late", "undated"]


def test_front_page_has_no_drafts(client, db):
    EventFactory(slug="secret", status=EventStatus.DRAFT)
    assert "secret" not in client.get("/").text


def test_front_page_without_events_says_so(client, db):
    assert 'class="empty"' in client.get("/").text


@pytest.mark.parametrize("count", [1, 3])
def test_front_page_takes_one_query(client, db, django_assert_num_queries, count):
    for event in EventFactory.create_batch(count):
        DayFactory(event=event)
    with django_assert_num_queries(1):
        client.get("/")


# The landing page


def test_landing_page_shows_name_and_sentence(client, event):
    text = client.get("/seaside/").text
    assert ("潮騒" in text, "動かし続ける人たちの二日間" in text) == (True, True)


def test_landing_page_of_a_draft_is_there_for_its_staff_only(client, event):
    at(event, status=EventStatus.DRAFT)
    stranger = client.get("/seaside/").status_code
    client.force_login(RoleGrantFactory(event=event, role=Role.MODERATOR).user)
    assert (stranger, client.get("/seaside/").status_code) == (404, 200)


@pytest.mark.parametrize(("status", "says"), [(EventStatus.DRAFT, True), (EventStatus.ANNOUNCED, False)])
def test_landing_page_of_a_draft_says_who_sees_it(client, event, status, says):
    at(event, status=status)
    client.force_login(RoleGrantFactory(event=event, role=Role.ORGANIZER).user)
    text = client.get("/seaside/", headers={"Accept-Language": "en"}).text
    assert ("This conference is a draft" in text) == says


def test_address_without_its_slash_leads_to_the_landing_page(client, event):
    assert client.get("/seaside").headers["Location"] == "/seaside/"


@pytest.mark.parametrize(
    ("status", "button"),
    [
        (EventStatus.ANNOUNCED, "/seaside/registration"),
        (EventStatus.CLOSED, "/seaside/talks"),
        (EventStatus.ARCHIVED, "/seaside/talks"),
    ],
)
def test_first_button_follows_the_status(client, event, status, button):
    at(event, status=status)
    assert f'<a class="btn deep-primary lg" href="{button}">' in client.get("/seaside/").text


def test_about_is_markdown_made_safe(client, event):
    at(event, about_ja="**太字** <img src=x onerror=alert(1)> [悪](javascript:alert(1))")
    text = client.get("/seaside/").text
    assert ("<strong>太字</strong>" in text, "<img src=x" in text, 'href="javascript' in text) == (
        True,
        False,
        False,
    )


def test_strip_draws_each_talk_of_the_day_and_no_break(client, event, track):
    talk = TalkFactory(event=event, track=track)
    pause = TalkFactory(event=event, track=track, kind="break")
    text = client.get("/seaside/").text
    assert (f'data-bar="{talk.pk}"' in text, f'data-bar="{pause.pk}"' in text) == (True, False)


def test_strip_and_speakers_leave_drafts_out(client, event, track):
    draft = TalkFactory(event=event, track=track, title="秘密", is_published=False)
    draft.talk_speakers.create(speaker=SpeakerFactory(event=event, name_ja="まだの人"))
    text = client.get("/seaside/").text
    assert ("data-bar" in text, "秘密" in text, "まだの人" in text) == (False, False, False)


def test_keynote_speakers_come_first(client, event, track):
    for name, kind in (("普通", "talk"), ("基調", "keynote")):
        talk = TalkFactory(event=event, track=track, kind=kind)
        talk.talk_speakers.create(speaker=SpeakerFactory(event=event, name_ja=name))
    text = client.get("/seaside/").text
    assert text.index("<b>基調</b>") < text.index("<b>普通</b>")


def test_landing_page_in_english_speaks_english(client, event):
    at(event, name_en="Shiosai")
    text = client.get("/seaside/", headers={"Accept-Language": "en"}).text
    assert ('<html lang="en">' in text, 'class="hero-ja">Shiosai' in text) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_landing_page_takes_fourteen_queries(client, event, track, django_assert_num_queries, count):
    tier = SponsorTierFactory(event=event)
    for _ in range(count):
        talk = TalkFactory(event=event, track=track)
        talk.talk_speakers.create(speaker=SpeakerFactory(event=event))
        SponsorFactory(event=event, tier=tier)
    with django_assert_num_queries(14):
        client.get("/seaside/")


def test_public_pages_have_no_inline_style_or_script(client, event, track):
    TalkFactory(event=event, track=track)
    pages = [client.get(path).text for path in ("/", "/seaside/", "/seaside/sponsors", "/seaside/talks")]
    assert [
        bad for bad in ("style=", "<style", "<script>", "onclick=") if any(bad in page for page in pages)
    ] == []


# Sponsors


def test_sponsors_stand_by_tier_in_its_order(client, event):
    silver = SponsorTierFactory(event=event, name_ja="シルバー", position=2)
    gold = SponsorTierFactory(event=event, name_ja="ゴールド", position=1)
    SponsorFactory(event=event, tier=silver, name="銀")
    SponsorFactory(event=event, tier=gold, name="金")
    tiers = client.get("/seaside/sponsors").context["tiers"]
    assert [(tier.name, [sponsor.name for sponsor in some]) for tier, some in tiers] == [
        ("ゴールド", ["金"]),
        ("シルバー", ["銀"]),
    ]


def test_tiers_of_one_position_are_not_mixed(client, event):
    first, second = SponsorTierFactory.create_batch(2, event=event, position=1)
    for number, tier in enumerate((first, second, first), start=1):
        SponsorFactory(event=event, tier=tier, position=number)
    tiers = client.get("/seaside/sponsors").context["tiers"]
    assert [(tier.pk, len(some)) for tier, some in tiers] == [(first.pk, 2), (second.pk, 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_sponsors_page_takes_three_queries(client, event, django_assert_num_queries, count):
    tier = SponsorTierFactory(event=event)
    SponsorFactory.create_batch(count, event=event, tier=tier)
    with django_assert_num_queries(3):
        client.get("/seaside/sponsors")


# The event's colours


def test_theme_is_the_accents_stylesheet_and_kept_for_ever(client, event):
    response = client.get(f"/seaside/theme-{event.theme_hash}.css")
    assert (response.text, response.headers["Content-Type"], response.headers["Cache-Control"]) == (
        theme_css(event.accent),
        "text/css; charset=utf-8",
        "public, max-age=31536000, immutable",
    )


def test_old_theme_address_leads_to_the_present_one(client, event):
    response = client.get("/seaside/theme-0123456789ab.css")
    assert (response.status_code, response.headers["Location"], "immutable" in str(response.headers)) == (
        302,
        f"/seaside/theme-{event.theme_hash}.css",
        False,
    )


def test_theme_of_a_draft_is_not_told_to_strangers(client, event):
    at(event, status=EventStatus.DRAFT)
    assert client.get(f"/seaside/theme-{event.theme_hash}.css").status_code == 404
