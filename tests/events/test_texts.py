import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from events.enums import EventStatus, Role, TextKind
from events.models import EventText
from tests.factories.events import (
    EventFactory,
    EventLinkFactory,
    EventTextFactory,
    RoleGrantFactory,
    TeamMemberFactory,
)

ADDRESSES = {
    TextKind.CONDUCT: "/port/coc",
    TextKind.PRIVACY: "/port/privacy",
    TextKind.ACCESS: "/port/access",
}
EVERY_ADDRESS = [*ADDRESSES.values(), "/port/links", "/port/team"]
JA, EN = {"headers": {"Accept-Language": "ja"}}, {"headers": {"Accept-Language": "en"}}


@pytest.fixture
def event(db):
    return EventFactory(slug="port", name_ja="港", name_en="Port")


@pytest.fixture
def full(event):
    """The event with a row for each page."""
    for kind in TextKind:
        EventTextFactory(event=event, kind=kind)
    EventLinkFactory(event=event)
    TeamMemberFactory(event=event)
    return event


@pytest.mark.parametrize(("kind", "address"), ADDRESSES.items())
def test_each_text_has_its_page_in_both_languages(kind, address, event, client):
    EventTextFactory(event=event, kind=kind, body_ja="**日本語**です。", body_en="It is **English**.")
    shown = [client.get(address, **language).text for language in (JA, EN)]
    assert "<strong>日本語</strong>です。" in shown[0]
    assert "It is <strong>English</strong>." in shown[1]


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_page_without_words_does_not_exist(address, event, client):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_words_of_another_event_are_not_shown(address, event, client):
    EventTextFactory(kind=TextKind.CONDUCT)
    EventLinkFactory()
    TeamMemberFactory()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_pages_of_a_draft_are_there_for_its_staff_only(address, full, client):
    full.status = EventStatus.DRAFT
    full.save()
    stranger = client.get(address).status_code
    client.force_login(RoleGrantFactory(event=full, role=Role.MODERATOR).user)
    assert (stranger, client.get(address).status_code) == (404, 200)


@pytest.mark.parametrize(
    ("filled", "language", "lang", "sentence"),
    [("body_ja", EN, "ja", "This text is there in Japanese only."), ("body_en", JA, "en", None)],
)
def test_text_in_one_language_is_shown_in_it_and_says_so(filled, language, lang, sentence, event, client):
    EventTextFactory(event=event, **{"body_ja": "", "body_en": "", filled: "Mizu"})
    html = client.get("/port/coc", **language).text
    assert f'<div class="prose" lang="{lang}"><p>Mizu</p>' in html
    assert sentence is None or sentence in html


def test_text_in_the_reader_s_language_needs_no_mark(event, client):
    EventTextFactory(event=event)
    assert '<div class="prose"><p>' in client.get("/port/coc", **EN).text


@pytest.mark.parametrize(
    ("words", "bad"),
    [
        ("<script>alert(1)</script>", "<script>alert"),
        ("<img src=x onerror=alert(1)>", "<img src=x"),
        ("[x](javascript:alert(1))", 'href="javascript'),
        ("[x](data:text/html;base64,PHNjcmlwdD4=)", 'href="data:'),
        ("[x](vbscript:x)", 'href="vbscript'),
        ('<a href="https://example.com" onclick="x()">x</a>', '<a href="https://example.com" onclick'),
        ("<style>body{display:none}</style>", "<style>"),
        ('<iframe src="https://example.com"></iframe>', "<iframe"),
    ],
)
def test_text_is_made_safe(words, bad, event, client):
    EventTextFactory(event=event, body_ja=f"前 {words} 後")
    html = client.get("/port/coc", **JA).text
    assert (bad in html, "前" in html) == (False, True)


def test_text_needs_one_language_at_least(event):
    with pytest.raises(ValidationError) as caught:
        EventText(event=event, kind=TextKind.CONDUCT).full_clean()
    assert "__all__" in caught.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        EventTextFactory(event=event, body_ja="", body_en="")


def test_links_stand_in_their_order_with_their_host(event, client):
    EventLinkFactory(event=event, title_en="Second", position=2)
    EventLinkFactory(event=event, title_en="First", url="https://www.example.com/a", position=1)
    html = client.get("/port/links", **EN).text
    assert html.index(">First<") < html.index(">Second<")
    assert '<p class="by">example.com</p>' in html


def test_team_shows_those_who_want_to_be_shown(event, client):
    TeamMemberFactory(event=event, name_en="Mio Kaji", duty_en="Programme", github="mio", x="mio_k")
    TeamMemberFactory(event=event, name_en="Hidden One", is_shown=False)
    html = client.get("/port/team", **EN).text
    assert ("Mio Kaji" in html, "Programme" in html, "Hidden One" in html) == (True, True, False)
    assert 'href="https://github.com/mio" rel="noopener">github.com/mio</a>' in html
    assert 'href="https://x.com/mio_k" rel="noopener">x.com/mio_k</a>' in html


def test_team_of_hidden_people_is_no_page(event, client):
    TeamMemberFactory(event=event, is_shown=False)
    assert client.get("/port/team").status_code == 404


@pytest.mark.parametrize("account", ["@mio", "https://github.com/mio", "mio/../x"])
def test_account_is_written_without_its_address(account, event):
    member = TeamMemberFactory.build(event=event, github=account)
    with pytest.raises(ValidationError) as caught:
        member.full_clean()
    assert list(caught.value.message_dict) == ["github"]


def footer(client):
    html = client.get("/port/").text
    return html[html.index('<footer class="foot">') :]


def test_footer_leads_to_the_pages_that_there_are(full, client):
    assert [f'href="{address}"' in footer(client) for address in EVERY_ADDRESS] == [True] * 5


def test_footer_leads_to_no_page_that_is_not_there(event, client):
    TeamMemberFactory(event=event, is_shown=False)
    assert [f'href="{address}"' in footer(client) for address in EVERY_ADDRESS] == [False] * 5


@pytest.mark.parametrize("address", EVERY_ADDRESS)
@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_queries_for_three_rows_as_for_one(
    address, count, event, client, django_assert_num_queries
):
    for kind in TextKind:
        EventTextFactory(event=event, kind=kind)
    for _ in range(count):
        EventLinkFactory(event=event)
        TeamMemberFactory(event=event)
    # The revision for the ready pages, the event, its rows.
    with django_assert_num_queries(3):
        client.get(address)


@pytest.mark.parametrize("address", EVERY_ADDRESS)
def test_page_has_no_inline_style_or_script(address, full, client):
    html = client.get(address).text
    assert [bad for bad in ("style=", "<style", "<script>", "onclick=") if bad in html] == []
