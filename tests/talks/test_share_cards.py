"""The picture of a link: what it says, where it stands, and whom it is shown to."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.urls import reverse
from PIL import Image

from events.enums import EventStatus, Role
from events.models import Event
from events.services.roles import grant_role
from talks.cards import shelf
from talks.cards.drawing import Card, drawn
from talks.cards.lines import broken, shortened
from talks.cards.of_pages import card_of_event, card_of_speaker, card_of_talk
from talks.cards.shelf import png_of
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory, EventFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

WORDS = {"people": "Ren", "above": "Harbour", "below": "10:00", "quiet": "#bfd6d8"}
COLOURS = {"ground": "#0b2d30", "accent": "#c0ffee"}


def card(title, **more):
    return Card(title=title, **WORDS, **COLOURS | more)


def opened(png):
    return Image.open(io.BytesIO(png)).convert("RGB")


def width(text):
    """A full-width character is two wide."""
    return sum(2 if ord(sign) > 0x2000 else 1 for sign in text)


@pytest.mark.parametrize(
    ("text", "lines"),
    {
        "Latin words stay whole": ("Tides in production", ["Tides in", "production"]),
        "Japanese breaks anywhere": ("障害報告書を書く話", ["障害報告書", "を書く話"]),
        "no mark begins a line": ("あいうえお、かき", ["あいうえ", "お、かき"]),
        "no bracket ends a line": ("あいうえ「おか」", ["あいうえ", "「おか」"]),
        "a word that is too wide is cut": ("a" * 12, ["a" * 10, "aa"]),
        "nothing": ("  ", []),
    }.values(),
)
def test_lines_break_as_they_should(text, lines):
    assert broken(text, 10, width) == lines


def test_what_does_not_fit_ends_with_an_ellipsis():
    assert shortened(["aaaaaaaaaa", "bbbbbbbbbb", "c"], 2, 10, width) == ["aaaaaaaaaa", "bbbbbbbb…"]


def test_a_card_is_a_picture_of_the_right_size_with_the_accent():
    picture = opened(drawn(card("Lanterns")))
    assert (picture.size, picture.getpixel((4, 300))) == ((1200, 630), (0xC0, 0xFF, 0xEE))


@pytest.mark.parametrize("title", ["", "🎉", "あ" * 500, "W" * 500, "開会\n\t閉会"])
def test_a_mad_title_stays_within_the_picture(title):
    picture = opened(drawn(card(title)))
    edge = {picture.getpixel((x, y)) for x in (1170, 1190) for y in range(0, 630, 3)}
    assert edge == {(0x0B, 0x2D, 0x30)}


def test_two_titles_look_different():
    assert opened(drawn(card("Lanterns"))).tobytes() != opened(drawn(card("Ferries"))).tobytes()


def test_a_picture_that_cannot_be_read_is_left_out(tmp_path):
    broken_one = tmp_path / "face.png"
    broken_one.write_text("<svg/>")
    assert drawn(card("Lanterns", faces=(str(broken_one),))) == drawn(card("Lanterns"))


def test_many_who_ask_at_once_get_one_drawing():
    one = card("Asked by many")
    with ThreadPoolExecutor(8) as pool:
        found = {id(png) for png in pool.map(png_of, [one] * 8)}
    assert len(found) == 1
    assert cache.get(f"share-card-{one.digest}") == png_of(one)


def test_a_card_that_is_there_does_not_wait_for_another_that_is_drawn():
    one = card("There already")
    png_of(one)
    with shelf._drawing, ThreadPoolExecutor(1) as pool:
        assert pool.submit(png_of, one).result(timeout=10) == png_of(one)


def test_the_logo_stands_on_a_plate_at_the_top_right(tmp_path):
    path = tmp_path / "logo.png"
    Image.new("RGBA", (400, 100), (0, 0, 0, 0)).save(path)
    with_logo = opened(drawn(card("Lanterns", logo=str(path))))
    assert [with_logo.getpixel(spot) for spot in [(1000, 79), (600, 79)]] == [
        (255, 255, 255),
        (0x0B, 0x2D, 0x30),
    ]


def test_a_logo_that_cannot_be_read_is_left_out(tmp_path):
    assert drawn(card("Lanterns", logo=str(tmp_path / "gone.png"))) == drawn(card("Lanterns"))


@pytest.fixture
def talk(db):
    event = EventFactory(slug="harbour", name_en="Harbour Conf", name_ja="みなと会議")
    DayFactory(event=event)
    return TalkFactory(event=event, track=TrackFactory(event=event, name="A"), title="Lanterns", lang="en")


def shown(event):
    """As a page has it."""
    return Event.objects.with_pages().get(pk=event.pk)


def address(talk, digest=""):
    return reverse("talks:talk_card", args=[talk.event.slug, talk.pk, digest or card_of_talk(talk).digest])


def test_the_card_speaks_the_talks_language(talk):
    assert (
        card_of_talk(talk).above,
        card_of_event(shown(talk.event), "ja").title,
    ) == ("Harbour Conf", "みなと会議")


def test_the_page_names_its_card(client, talk):
    page = client.get(talk.get_absolute_url()).text
    assert f'<meta property="og:image" content="http://localhost:8000{address(talk)}">' in page


def test_the_card_is_kept_for_ever(client, talk):
    answer = client.get(address(talk))
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "image/png",
        "public, max-age=31536000, immutable",
    )


def test_a_corrected_title_has_another_card_and_the_old_address_leads_there(client, talk):
    old = address(talk)
    talk.title = "Lamps"
    talk.save()
    assert client.get(old)["Location"] == address(talk) != old


def test_a_talk_that_is_not_shown_has_no_card(client, talk):
    talk.event.shows_timetable = False
    talk.event.save()
    assert client.get(address(talk)).status_code == 404


def test_an_unpublished_talk_has_no_card(client, talk):
    talk.is_published = False
    talk.save()
    assert client.get(address(talk)).status_code == 404


@pytest.mark.parametrize("hidden", [{"status": EventStatus.DRAFT}, {"shows_timetable": False}])
def test_what_only_staff_see_is_for_no_shared_cache(client, talk, hidden):
    for name, value in hidden.items():
        setattr(talk.event, name, value)
    talk.event.save()
    user = UserFactory()
    grant_role(event=talk.event, user=user, role=Role.ORGANIZER, actor=None)
    client.force_login(user)
    assert client.get(address(talk))["Cache-Control"] == "private, no-cache"


def test_a_draft_event_has_no_card(client, talk):
    talk.event.status = EventStatus.DRAFT
    talk.event.save()
    digest = card_of_event(shown(talk.event), "ja").digest
    assert client.get(reverse("talks:event_card", args=["harbour", "ja", digest])).status_code == 404


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_landing_page_names_the_events_card_in_its_language(client, talk, lang):
    page = client.get("/harbour/", headers={"Accept-Language": lang}).text
    path = reverse(
        "talks:event_card",
        args=["harbour", lang, card_of_event(shown(talk.event), lang).digest],
    )
    assert path in page
    assert client.get(path).status_code == 200


def test_an_unknown_language_has_no_card(client, talk):
    assert client.get("/harbour/card-xx-0123456789abcdef.png").status_code == 404


@pytest.fixture
def speaker(talk):
    speaker = SpeakerFactory(event=talk.event, name_ja="灘 ゆうき", name_en="Yu Nada", organisation="Harbour")
    talk.talk_speakers.create(speaker=speaker)
    return speaker


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_of_a_person_names_their_card_in_its_language(client, talk, speaker, lang):
    digest = card_of_speaker(shown(talk.event), speaker, lang).digest
    path = reverse("talks:speaker_card", args=["harbour", speaker.pk, lang, digest])
    page = client.get(speaker.get_absolute_url(), headers={"Accept-Language": lang}).text
    assert (f'<meta property="og:image" content="http://localhost:8000{path}">' in page) is True
    assert client.get(path)["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_card_of_a_person_says_who_they_are(talk, speaker):
    made = card_of_speaker(shown(talk.event), speaker, "en")
    assert (made.title, made.people, made.above) == ("Yu Nada", "Harbour", "Harbour Conf")


def test_a_person_without_a_published_talk_has_no_card(client, talk):
    hidden = SpeakerFactory(event=talk.event)
    assert client.get(f"/harbour/speakers/{hidden.pk}/card-ja-0123456789abcdef.png").status_code == 404
