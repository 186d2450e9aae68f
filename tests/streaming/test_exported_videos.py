"""What programme files give out of a talk that must not be streamed."""

import pytest
from django.core.management import call_command

from events.enums import Role
from streaming.models import AttemptLog
from streaming.services import overrides
from talks.exchange.formats import read_programme
from talks.exports.formats import export_programme
from talks.import_plan import plan_import
from tests.factories.accounts import UserFactory
from tests.factories.events import RoleGrantFactory

VIDEO = "https://video.example.com/secret"
OPEN_VIDEO = "https://video.example.com/open"
WITH_VIDEOS = ["csv", "sessionize", "schedule.json", "schedule.xml"]


@pytest.fixture
def organizer(event):
    user = UserFactory(email="organizer@example.com")
    RoleGrantFactory(event=event, user=user, role=Role.ORGANIZER)
    return user


@pytest.fixture
def talk(make_talk):
    make_talk(title="Open", video_url=OPEN_VIDEO)
    return make_talk(title="Off the record", do_not_stream=True, video_url=VIDEO)


@pytest.fixture
def agreed(talk, director, organizer):
    override = overrides.ask_override(talk=talk, verb="export", reason="For the archive", actor=director)
    overrides.confirm_override(override=override, actor=organizer)
    AttemptLog.objects.all().delete()


def log():
    return list(AttemptLog.objects.values_list("verb", "outcome", "source", "actor__email"))


@pytest.mark.parametrize("format_name", WITH_VIDEOS)
def test_a_file_leaves_the_video_out_and_the_attempt_is_kept(format_name, event, talk, organizer):
    content = export_programme(event, format_name, drafts=True, actor=organizer).decode()
    assert (VIDEO in content, OPEN_VIDEO in content, "Off the record" in content) == (False, True, True)
    assert log() == [("export", "refused", "admin", "organizer@example.com")]


@pytest.mark.parametrize("format_name", WITH_VIDEOS)
def test_an_organizers_file_has_the_video_when_two_people_agreed(format_name, event, agreed, organizer):
    content = export_programme(event, format_name, drafts=True, actor=organizer).decode()
    assert (VIDEO in content, OPEN_VIDEO in content) == (True, True)
    assert log() == [("export", "used", "admin", "organizer@example.com")]


@pytest.mark.parametrize("format_name", ["schedule.json", "schedule.xml"])
def test_what_everybody_gets_never_has_it_and_logs_nothing(format_name, event, agreed):
    content = export_programme(event, format_name, drafts=False).decode()
    assert (VIDEO in content, OPEN_VIDEO in content) == (False, True)
    assert log() == []


def test_a_calendar_has_no_videos_and_is_no_attempt(event, talk, organizer):
    export_programme(event, "ics", drafts=True, actor=organizer)
    assert log() == []


def test_the_command_line_is_named_as_such(event, talk, capfdbinary):
    call_command("export_programme", "seaside", format="csv")
    assert VIDEO.encode() not in capfdbinary.readouterr().out
    assert log() == [("export", "refused", "command", None)]


def test_the_download_page_logs_who_asked(client, event, talk, organizer):
    client.force_login(organizer)
    answer = client.get("/admin/talks/exchange/seaside/files/csv")
    assert (answer.status_code, VIDEO in answer.content.decode()) == (200, False)
    assert log() == [("export", "refused", "admin", "organizer@example.com")]


def test_a_table_that_comes_back_does_not_lose_the_address(event, talk, organizer):
    content = export_programme(event, "csv", drafts=True, actor=organizer)
    plan = plan_import(event, read_programme(content, "programme.csv", event.zone))
    assert plan.faults == []
    assert [row.talk.title for row in plan.changed if "video_url" in row.fields] == []


def test_nothing_is_saved_by_an_export(event, talk, organizer):
    export_programme(event, "csv", drafts=True, actor=organizer)
    talk.refresh_from_db()
    assert talk.video_url == VIDEO
