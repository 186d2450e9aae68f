import pytest
from django.core.files.storage import default_storage

from events.enums import TextKind
from events.models import Event
from streaming.services.demo.seeding import seed_demo


@pytest.fixture(scope="module")
def media_root(tmp_path_factory):
    """Drawing takes most of a second, so the tests share the pictures."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _demo_machine(settings, media_root, db):
    settings.DEMO, settings.MEDIA_ROOT = True, media_root
    seed_demo()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", ["coc", "privacy", "access", "links", "team"])
def test_demo_has_each_page_of_words_in_both_languages(page, language, client):
    answer = client.get(f"/demo/{page}", headers={"Accept-Language": language})
    assert (answer.status_code, 'class="prose" lang=' in answer.text) == (200, False)


def test_demo_has_each_text_once_after_a_second_start():
    seed_demo()
    event = Event.objects.get(slug="demo")
    assert sorted(event.texts.values_list("kind", flat=True)) == sorted(TextKind)


def test_everybody_of_the_demo_s_team_has_a_picture():
    members = list(Event.objects.get(slug="demo").team.all())
    assert [member.name_en for member in members if not default_storage.exists(member.picture.name)] == []
    assert len(members) == 6
