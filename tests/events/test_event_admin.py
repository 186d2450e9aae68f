import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from PIL import Image

from events.enums import EventStatus, Role
from events.life_preview import EFFECTS, Facts
from events.models import Event, LifeChange, RoleChange
from events.states import Verb
from tests.admin_pages import counters, drawn, page
from tests.admin_rows import organizer_of
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    DayFactory,
    EventFactory,
    EventLinkFactory,
    EventTextFactory,
    RegistrationFactory,
    RoleGrantFactory,
    SponsorFactory,
    TeamMemberFactory,
    TrackFactory,
)
from tests.factories.talks import TalkFactory

NEW = {
    "name_ja": "港会議",
    "name_en": "Harbour Conf",
    "slug": "harbour",
    "first_day": "2027-03-06",
    "last_day": "2027-03-07",
    "time_zone": "Asia/Tokyo",
    "tracks": "3",
    "audience": "registered",
}
COPY = {"name_ja": "港会議2", "name_en": "Harbour Conf 2", "slug": "harbour2", "first_day": "2028-03-04"}
EN = {"headers": {"Accept-Language": "en"}}


@pytest.fixture
def event(db):
    return EventFactory(slug="ours", status=EventStatus.ANNOUNCED, is_open_to_all=False, time_zone="UTC")


@pytest.fixture
def organizer(event, client):
    user = organizer_of(event)
    client.force_login(user)
    return user


def life(event):
    return page("events_event_life", event.pk)


def step(event, verb):
    return page("events_event_step", event.pk, verb)


def lines(client, event, verb):
    """What the preview says: what happens, and what is missing."""
    shown = client.get(step(event, verb), **EN).context["preview"]
    return shown.effects, [gap.text for gap in shown.missing]


# Status and switches


def test_page_of_the_status_leads_to_the_steps_from_here_only(event, organizer, client):
    html = client.get(life(event)).text
    offered = [verb for verb in Verb if f'href="{step(event, verb)}"' in html]
    assert offered == [
        Verb.TAKE_BACK,
        Verb.OPEN,
        Verb.CLOSE_REGISTRATION,
        Verb.OPEN_PROPOSALS,
        Verb.HIDE_TIMETABLE,
        Verb.HIDE_SPONSORS,
        Verb.BEGIN_REHEARSAL,
    ]


def test_step_is_taken_from_its_preview_and_stands_in_the_log(event, organizer, client):
    answer = client.post(step(event, "open"), follow=True, **EN)
    event.refresh_from_db()
    assert (event.status, answer.redirect_chain) == ("opened", [(life(event), 302)])
    assert [row.actor for row in LifeChange.objects.all()] == [organizer]
    assert "Open the doors" in answer.text.split('id="h-log"')[1]


def test_looking_at_a_preview_changes_nothing(event, organizer, client):
    assert client.get(step(event, "open")).status_code == 200
    event.refresh_from_db()
    assert (event.status, counters(event)) == ("announced", (0, 0))


def test_late_step_says_that_somebody_was_faster(event, organizer, client):
    client.post(step(event, "open"))
    answer = client.post(step(event, "open"), follow=True)
    assert [message.level_tag for message in answer.context["messages"]][-1] == "error"
    assert LifeChange.objects.count() == 1


def test_preview_of_a_step_from_elsewhere_offers_no_button(event, organizer, client):
    html = client.get(step(event, "archive"), **EN).text
    assert ("errornote" in html, 'class="submit-row"' in html) == (True, False)


def test_unknown_step_does_not_exist(event, organizer, client):
    assert client.get(step(event, "explode")).status_code == 404


def test_opening_says_how_many_get_in_and_what_is_missing(event, organizer, client):
    track = TrackFactory(event=event)
    RegistrationFactory.create_batch(2, event=event)
    TalkFactory.create_batch(3, event=event, track=track, starts_at=None, ends_at=None)
    TalkFactory(event=event, track=track, kind="break", starts_at=None, ends_at=None)
    effects, missing = lines(client, event, "open")
    assert effects == [
        "2 registered people will get in, and besides only staff.",
        "Viewers that wait at the door go in by themselves within seconds.",
        "The picture of 1 track can be watched.",
    ]
    assert missing == ["The event has no days yet.", "3 talks are without a time."]


def test_opening_to_all_says_so_and_that_the_rehearsal_ends(event, organizer, client):
    Event.objects.filter(pk=event.pk).update(is_open_to_all=True, is_rehearsing=True)
    effects, _missing = lines(client, event, "open")
    assert effects[0] == "Everybody gets in, 0 registered people among them."
    assert effects[-1] == "The rehearsal ends."


def test_announcing_counts_what_becomes_public(event, organizer, client):
    Event.objects.filter(pk=event.pk).update(status=EventStatus.DRAFT, shows_sponsors=False)
    TalkFactory.create_batch(2, event=event)
    effects, missing = lines(client, event, "announce")
    assert effects == [
        "The event's page with name, days and texts becomes public and is listed on the front page.",
        "The timetable with 2 talks becomes public.",
        "The sponsors stay hidden.",
        "Everybody can register.",
        "The pictures stay closed to all but staff until the doors open.",
    ]
    assert missing == [
        "The event has no days yet.",
        "The text about the event is empty.",
        "There is no privacy policy yet.",
        "There is no code of conduct yet.",
    ]


def test_nothing_is_missing_once_it_is_there(event, organizer, client):
    Event.objects.filter(pk=event.pk).update(status=EventStatus.DRAFT, about_ja="港の話")
    DayFactory(event=event)
    for kind in ("privacy", "conduct"):
        EventTextFactory(event=event, kind=kind)
    assert lines(client, event, "announce")[1] == []


@pytest.mark.parametrize("verb", ["announce", "open", "show_timetable", "show_sponsors"])
def test_what_is_missing_leads_to_the_page_that_adds_it(verb, event, organizer, client):
    Event.objects.filter(pk=event.pk).update(status=EventStatus.DRAFT, shows_timetable=False)
    gaps = client.get(step(event, verb)).context["preview"].missing
    assert gaps != []
    assert {client.get(gap.page).status_code for gap in gaps} == {200}


def test_missing_text_is_begun_with_its_event_and_kind(event, organizer, client):
    gaps = client.get(step(event, "open_registration"), **EN).context["preview"].missing
    privacy = next(gap.page for gap in gaps if gap.text == "There is no privacy policy yet.")
    assert drawn(client, privacy)["kind"] == "privacy"


def test_timetable_of_a_draft_event_says_that_nobody_sees_it_yet(event, organizer, client):
    Event.objects.filter(pk=event.pk).update(status=EventStatus.DRAFT, shows_timetable=False)
    TalkFactory(event=event, is_published=False)
    effects, missing = lines(client, event, "show_timetable")
    assert effects == [
        "The timetable with 0 talks becomes public.",
        "1 talk that is not published stays hidden.",
        "But the event is a draft: nobody but staff sees any of this until it is announced.",
    ]
    assert missing == ["The event has no days yet.", "No talk is published yet."]


def test_registered_people_keep_the_event_from_becoming_a_draft(event, organizer, client):
    RegistrationFactory(event=event)
    assert client.get(step(event, "take_back"), **EN).context["preview"].refusal == (
        "1 person is registered: the event is not taken back to a draft any more."
    )


def test_large_numbers_are_grouped():
    zeros = dict.fromkeys(["days", "tracks", "sponsors", "published", "drafts", "untimed"], 0)
    facts = Facts(event=Event(), registered=1203, texts=frozenset(), **zeros)
    with override("en"):
        assert EFFECTS[Verb.OPEN](facts)[0] == "1,203 registered people will get in, and besides only staff."


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_step_says_something_in_every_status(verb, language, event, organizer, client):
    for status in EventStatus:
        Event.objects.filter(pk=event.pk).update(status=status)
        answer = client.get(step(event, verb), headers={"Accept-Language": language})
        assert (answer.status_code, answer.context["preview"].effects != []) == (200, True)


def test_page_of_the_status_asks_as_often_for_three_steps_as_for_one(event, organizer, client):
    counts = []
    for verbs in (["open"], ["close", "reopen"]):
        for verb in verbs:
            client.post(step(event, verb))
        with CaptureQueriesContext(connection) as queries:
            client.get(life(event))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Who may


@pytest.mark.parametrize("role", [Role.BROADCASTER, Role.MODERATOR, Role.RECEPTION, None])
def test_no_other_role_opens_the_pages(role, event, client):
    user = RoleGrantFactory(event=event, role=role).user if role else UserFactory()
    client.force_login(user)
    pages = [life(event), step(event, "open"), page("events_event_copy", event.pk), page("events_event_add")]
    assert [client.get(address).status_code for address in pages] == [403] * 4
    assert [client.post(address).status_code for address in pages] == [403] * 4
    assert (Event.objects.count(), LifeChange.objects.count()) == (1, 0)


def test_organizer_of_another_event_finds_nothing_here(event, client):
    client.force_login(organizer_of(EventFactory(slug="theirs")))
    pages = [life(event), step(event, "open"), page("events_event_copy", event.pk)]
    assert [client.get(address).status_code for address in pages] == [404] * 3
    assert [client.post(address).status_code for address in pages[1:]] == [404] * 2
    assert Event.objects.get(slug="ours").status == "announced"


def test_stranger_is_led_to_the_sign_in(event, client):
    pages = [life(event), step(event, "open"), page("events_event_copy", event.pk)]
    assert [client.get(address).status_code for address in pages] == [302] * 3


def test_superuser_makes_the_first_event(db, client):
    client.force_login(UserFactory(is_superuser=True))
    assert client.post(page("events_event_add"), NEW).status_code == 302
    assert Event.objects.get().slug == "harbour"


# A new event


def test_new_event_has_days_tracks_and_rooms(event, organizer, client):
    answer = client.post(page("events_event_add"), NEW)
    made = Event.objects.get(slug="harbour")
    assert answer["Location"] == page("events_event_change", made.pk)
    assert (made.status, made.time_zone, made.is_open_to_all) == ("draft", "Asia/Tokyo", False)
    assert [day.date for day in made.days.all()] == [dt.date(2027, 3, 6), dt.date(2027, 3, 7)]
    assert [(track.name, track.position, track.room.name_en) for track in made.tracks.all()] == [
        ("A", 1, "Room A"),
        ("B", 2, "Room B"),
        ("C", 3, "Room C"),
    ]


def test_maker_becomes_the_organizer_and_it_is_logged(event, organizer, client):
    client.post(page("events_event_add"), NEW)
    made = Event.objects.get(slug="harbour")
    assert list(made.role_grants.values_list("user", "role")) == [(organizer.pk, "organizer")]
    assert list(RoleChange.objects.filter(event=made).values_list("actor", flat=True)) == [organizer.pk]
    assert client.get(page("events_event_change", made.pk)).status_code == 200


def test_new_event_may_be_open_to_all(event, organizer, client):
    client.post(page("events_event_add"), NEW | {"audience": "all"})
    assert Event.objects.get(slug="harbour").is_open_to_all is True


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_ja": ""}, "name_ja"),
        ({"slug": "ours"}, "slug"),
        ({"slug": "admin"}, "slug"),
        ({"slug": "two words"}, "slug"),
        ({"last_day": "2027-03-05"}, "last_day"),
        ({"last_day": "2028-03-06"}, "last_day"),
        ({"first_day": "soon"}, "first_day"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"tracks": "0"}, "tracks"),
        ({"tracks": "27"}, "tracks"),
        ({"audience": "nobody"}, "audience"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(wrong, field, event, organizer, client):
    answer = client.post(page("events_event_add"), NEW | wrong)
    assert list(answer.context["form"].errors) == [field]
    kept = {name: answer.context["form"][name].value() for name in NEW}
    assert (kept, Event.objects.count()) == (NEW | wrong, 1)


def test_new_event_page_names_the_errors_beside_the_fields(event, organizer, client):
    html = client.post(page("events_event_add"), NEW | {"slug": "ours"}).text
    assert ('value="Harbour Conf"' in html, "errorlist" in html) == (True, True)


# A copy


def test_event_is_copied_from_its_page(event, organizer, client):
    EventTextFactory(event=event)
    answer = client.post(page("events_event_copy", event.pk), COPY)
    made = Event.objects.get(slug="harbour2")
    assert answer["Location"] == page("events_event_change", made.pk)
    assert (made.texts.count(), [day.date for day in made.days.all()]) == (1, [dt.date(2028, 3, 4)])


def test_copy_with_a_taken_address_is_refused_and_nothing_typed_is_lost(event, organizer, client):
    answer = client.post(page("events_event_copy", event.pk), COPY | {"slug": "ours", "sponsors": "on"})
    form = answer.context["form"]
    assert list(form.errors) == ["slug"]
    assert [form[name].value() for name in ("name_en", "first_day", "sponsors")] == [
        "Harbour Conf 2",
        "2028-03-04",
        True,
    ]


# Parts of the frame


@pytest.mark.parametrize(
    ("factory", "model", "field"),
    [
        (EventTextFactory, "eventtext", "body_ja"),
        (EventLinkFactory, "eventlink", "title_ja"),
        (TeamMemberFactory, "teammember", "name_ja"),
        (SponsorFactory, "sponsor", "name"),
    ],
)
def test_edit_and_deletion_of_a_part_are_told(factory, model, field, event, organizer, client):
    row = factory(event=event)
    address = page(f"events_{model}_change", row.pk)
    assert client.post(address, drawn(client, address) | {field: "新しい"}).status_code == 302
    row.refresh_from_db()
    assert (getattr(row, field), counters(event)) == ("新しい", (1, 0))
    client.post(page(f"events_{model}_delete", row.pk), {"post": "yes"})
    assert (type(row).objects.filter(pk=row.pk).exists(), counters(event)) == (False, (2, 0))


def test_bulk_deletion_of_parts_is_told(event, organizer, client):
    chosen = [EventLinkFactory(event=event).pk for _ in range(2)]
    sent = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    client.post(page("events_eventlink_changelist"), sent)
    assert (event.links.count(), counters(event)) == (0, (2, 0))


def test_text_of_an_event_is_added_once(event, organizer, client):
    EventTextFactory(event=event, kind="privacy")
    sent = {"event": event.pk, "kind": "privacy", "body_ja": "もう一つ", "body_en": ""}
    answer = client.post(page("events_eventtext_add"), sent)
    assert (answer.status_code, event.texts.count()) == (200, 1)
    assert answer.context["adminform"].form["body_ja"].value() == "もう一つ"


def test_empty_text_is_refused(event, organizer, client):
    sent = {"event": event.pk, "kind": "privacy", "body_ja": "", "body_en": ""}
    assert client.post(page("events_eventtext_add"), sent).status_code == 200
    assert event.texts.count() == 0


def test_address_is_fixed_once_the_event_is_announced(event, organizer, client):
    draft = EventFactory(slug="draft", status=EventStatus.DRAFT)
    RoleGrantFactory(event=draft, user=organizer)
    fields = [drawn(client, page("events_event_change", row.pk)).keys() for row in (event, draft)]
    assert ["slug" in names for names in fields] == [False, True]


# Pictures


@pytest.fixture
def pictures(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(kind="PNG", size=(64, 64), name=None):
    out = io.BytesIO()
    Image.new("RGB", size, "#0b6e75").save(out, kind)
    return SimpleUploadedFile(name or f"mark.{kind.lower()}", out.getvalue())


def upload(client, event, **files):
    address = page("events_event_change", event.pk)
    return client.post(address, drawn(client, address) | files)


@pytest.mark.parametrize("field", ["logo", "key_visual", "favicon"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_raster_picture_is_kept(field, kind, event, organizer, client, pictures):
    assert upload(client, event, **{field: picture(kind)}).status_code == 302
    event.refresh_from_db()
    assert len(list(pictures.rglob("mark*"))) == 1
    assert getattr(event, field).name.endswith(f".{kind.lower()}")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize("field", ["logo", "key_visual", "favicon"])
@pytest.mark.parametrize(
    "file",
    [
        ("mark.svg", SVG),
        ("mark.png", SVG),
        ("mark.png", b"no picture"),
        ("mark.png", b""),
    ],
)
def test_what_is_no_raster_picture_is_refused(field, file, event, organizer, client, pictures):
    answer = upload(client, event, **{field: SimpleUploadedFile(*file)}, name_ja="打った名前")
    form = answer.context["adminform"].form
    assert (list(form.errors), form["name_ja"].value()) == ([field], "打った名前")
    event.refresh_from_db()
    assert getattr(event, field).name == ""


def test_refusal_of_a_drawing_says_why(event, organizer, client, pictures):
    address = page("events_event_change", event.pk)
    sent = drawn(client, address) | {"logo": SimpleUploadedFile("mark.svg", SVG)}
    errors = client.post(address, sent, **EN).context["adminform"].form.errors["logo"]
    assert "SVG is refused because it can carry scripts." in errors[0]


def test_gif_is_refused(event, organizer, client, pictures):
    answer = upload(client, event, logo=picture("GIF"))
    assert list(answer.context["adminform"].form.errors) == ["logo"]


def test_huge_picture_is_refused(event, organizer, client, pictures):
    answer = upload(client, event, key_visual=picture(size=(6001, 2)))
    assert list(answer.context["adminform"].form.errors) == ["key_visual"]


def test_heavy_picture_is_refused(event, organizer, client, pictures):
    heavy = SimpleUploadedFile("mark.png", picture().read() + b"\0" * 5 * 1024 * 1024)
    answer = upload(client, event, key_visual=heavy)
    assert list(answer.context["adminform"].form.errors) == ["key_visual"]


@pytest.mark.parametrize("size", [(64, 32), (16, 16), (2048, 2048)])
def test_favicon_has_to_be_a_square_of_sane_size(size, event, organizer, client, pictures):
    answer = upload(client, event, favicon=picture(size=size))
    assert list(answer.context["adminform"].form.errors) == ["favicon"]


def test_pictures_stand_on_the_landing_page(event, organizer, client, pictures):
    upload(client, event, favicon=picture(name="icon.png"), key_visual=picture(name="wide.png"))
    event.refresh_from_db()
    html = client.get("/ours/").text
    assert f'<link rel="icon" href="{event.favicon.url}">' in html
    assert f'<img class="hero-visual" src="{event.key_visual.url}" alt="">' in html


def test_second_colour_reaches_the_stylesheet(event, organizer, client):
    before = event.theme_hash
    upload(client, event, ground="#7a2a5c")
    event.refresh_from_db()
    assert event.theme_hash != before
    assert client.get(f"/ours/theme-{event.theme_hash}.css").status_code == 200


def test_second_colour_has_to_be_a_colour(event, organizer, client):
    answer = upload(client, event, ground="dark blue")
    assert list(answer.context["adminform"].form.errors) == ["ground"]


def test_fields_in_tables_say_their_name_themselves(event, organizer, client):
    track = TrackFactory(event=event)
    form = client.get(page("events_event_change", event.pk)).context["inline_admin_formsets"][2].formset[0]
    names = {name: str(form[name].field.widget.attrs.get("aria-label", "")) for name in ("name", "DELETE")}
    assert form.instance == track
    assert all(names.values())
