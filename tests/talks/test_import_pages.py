"""The pages of import and export: look first, then import; and the public files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events.services.revision import touch
from talks.models import ProgrammeImport, Talk
from tests.admin_pages import page
from tests.admin_rows import organizer_of
from tests.factories.accounts import UserFactory
from tests.talks.drafted_day import DraftedDay, at

TABLE = "title,language,date,start,minutes,track\r\nTides,English,2026-11-26,13:00,40,A\r\n"


@pytest.fixture
def day(db):
    return DraftedDay()


@pytest.fixture
def lanterns(day):
    return day.talk("Lanterns", at(10), at(10, 40), lang="en")


@pytest.fixture
def organizer(day, client):
    user = organizer_of(day.event)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def send(client, event, text=TABLE, name="programme.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(page("talks_exchange", event.slug), {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_looked_at_and_nothing_is_written(day, lanterns, organizer, client):
    answer = send(client, day.event)
    row = ProgrammeImport.objects.get()
    assert answer.url == page("talks_exchange_plan", day.event.slug, row.pk)
    html = client.get(answer.url).content.decode()
    assert "<b>1</b> to add" in html
    assert "Tides" in html
    assert "Not in the file" in html
    assert Talk.objects.count() == 1


def test_what_changes_is_shown_before_and_after(day, lanterns, organizer, client):
    text = f"guid,title,date,start,minutes\r\n{lanterns.guid},Lanterns at sea,2026-11-26,11:00,40\r\n"
    html = client.get(send(client, day.event, text).url).content.decode()
    assert '<td class="exchange-before">Lanterns</td><td>Lanterns at sea</td>' in html
    assert "2026-11-26 10:00</td><td>2026-11-26 11:00</td>" in html


def test_the_button_imports_once(day, lanterns, organizer, client):
    url = send(client, day.event).url
    assert "Imported: 1 added, 0 changed, 0 taken away." in client.post(url, follow=True).content.decode()
    again = client.post(url, follow=True).content.decode()
    assert "This file was imported already; nothing was done again." in again
    assert Talk.objects.count() == 2
    row = ProgrammeImport.objects.get()
    assert (row.added, row.changed, row.dropped, row.actor) == (1, 0, 0, organizer)


def test_a_file_that_is_not_kept_any_more_is_named_and_leads_nowhere(day, organizer, client):
    send(client, day.event)
    row = ProgrammeImport.objects.get()
    address = page("talks_exchange_plan", day.event.slug, row.pk)
    assert f'href="{address}"' in client.get(page("talks_exchange", day.event.slug)).text
    ProgrammeImport.objects.update(content=b"", applied_at=timezone.now())
    shown = client.get(address, follow=True)
    assert "The file itself is not kept any more" in shown.text
    assert (row.name in shown.text, f'href="{address}"' in shown.text) == (True, False)


def test_what_is_missing_goes_only_when_the_box_is_ticked(day, lanterns, organizer, client):
    client.post(send(client, day.event).url)
    lanterns.refresh_from_db()
    assert lanterns.is_cancelled is False
    client.post(send(client, day.event).url, {"drop_missing": "on"})
    lanterns.refresh_from_db()
    assert lanterns.is_cancelled is True


def test_faults_are_listed_and_there_is_no_button(day, organizer, client):
    url = send(client, day.event, TABLE.replace("13:00", "soon")).url
    html = client.get(url).content.decode()
    assert "<dt>line 2</dt>" in html
    assert 'name="drop_missing"' not in html
    assert client.post(url).status_code == 409
    assert Talk.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG", "It is none of schedule.json, schedule.xml, Sessionize JSON and CSV."),
        (b"<schedule>", "It is no well-formed XML"),
        (b'{"schedule": ', "Line 1, column 14"),
    ],
)
def test_an_unreadable_file_is_answered_and_not_kept(day, organizer, client, content, words):
    answer = send(client, day.event, content, "programme")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert ProgrammeImport.objects.count() == 0


def test_titles_in_files_cannot_write_html(day, organizer, client):
    url = send(client, day.event, TABLE.replace("Tides", "<script>alert(1)</script>")).url
    assert "<script>alert(1)" not in client.get(url).content.decode()


def test_files_of_others_are_not_found(day, organizer, client):
    other = DraftedDay("theirs").event
    row = ProgrammeImport.objects.create(event=other, name="a.csv", content=TABLE.encode())
    assert client.get(page("talks_exchange", other.slug)).status_code == 403
    assert client.get(page("talks_exchange_plan", other.slug, row.pk)).status_code == 403
    assert client.get(page("talks_exchange_file", other.slug, "csv")).status_code == 403
    assert client.get(page("talks_exchange_plan", day.event.slug, row.pk)).status_code == 404
    assert client.post(page("talks_exchange_plan", day.event.slug, row.pk)).status_code == 404


def test_strangers_are_led_to_sign_in(day, client):
    assert client.get(page("talks_exchange", day.event.slug)).status_code == 302


def test_somebody_without_a_role_is_refused(day, client):
    client.force_login(UserFactory())
    assert client.get(page("talks_exchange", day.event.slug)).status_code == 403


@pytest.mark.parametrize("format_name", ["schedule.json", "schedule.xml", "ics", "sessionize", "csv"])
def test_every_format_is_there_to_take_away(day, lanterns, organizer, client, format_name):
    answer = client.get(page("talks_exchange_file", day.event.slug, format_name))
    assert answer["Content-Disposition"].startswith('attachment; filename="ours-')
    assert b"Lanterns" in answer.content


def test_an_unknown_format_is_not_found(day, organizer, client):
    assert client.get(page("talks_exchange_file", day.event.slug, "xlsx")).status_code == 404


def test_the_lists_lead_there(day, organizer, client):
    for name in ("talks_talk_changelist", "talks_programmeimport_changelist"):
        assert page("talks_exchange", day.event.slug) in client.get(page(name)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_no_more_for_more_files(day, organizer, client, count, django_assert_num_queries):
    for number in range(count):
        ProgrammeImport.objects.create(event=day.event, name=str(number), content=b"x", actor=organizer)
    client.get(page("talks_exchange", day.event.slug))
    with django_assert_num_queries(13):
        client.get(page("talks_exchange", day.event.slug))


PUBLIC = {
    "schedule.json": "application/json",
    "schedule.xml": "application/xml",
    "schedule.ics": "text/calendar; charset=utf-8",
}


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_published_is_there_for_everybody(day, lanterns, client, name, django_assert_num_queries):
    day.talk("Secret", at(11), at(11, 40), is_published=False)
    touch(day.event)
    answer = client.get(f"/ours/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, PUBLIC[name])
    assert (b"Lanterns" in answer.content, b"Secret" in answer.content) == (True, False)
    with django_assert_num_queries(0):
        again = client.get(f"/ours/{name}", headers={"if-none-match": answer["ETag"]})
        assert client.get(f"/ours/{name}")["Content-Type"] == PUBLIC[name]
    assert again.status_code == 304


@pytest.mark.parametrize("name", PUBLIC)
def test_a_programme_that_is_not_public_has_no_files(day, lanterns, client, name):
    day.event.shows_timetable = False
    day.event.save()
    assert client.get(f"/ours/{name}").status_code == 404
