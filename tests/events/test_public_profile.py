import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from events.enums import Role
from events.models import ProfilePicture, PublicProfile
from events.services.profiles import save_profile
from events.services.registration import withdraw
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, RoleGrantFactory

FIELDS = {
    "nickname": "aoi",
    "line": "Keeps lamps lit",
    "x_name": "aoi_t",
    "github_name": "aoi-t",
    "is_public": True,
}


@pytest.fixture
def event(db):
    return EventFactory(slug="harbour")


@pytest.fixture
def row(event):
    return RegistrationFactory(event=event)


@pytest.fixture
def me(client, row):
    client.force_login(row.user)
    return client


def profile_of(row, *, picture=None, **fields):
    return save_profile(registration=row, fields={**FIELDS, **fields}, picture=picture)


def image(kind="PNG", size=(300, 200), **options):
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **options)
    return written.getvalue()


def send(me, content=None, **changes):
    fields = {**FIELDS, **changes}
    if not fields["is_public"]:
        del fields["is_public"]
    if content is not None:
        fields["picture"] = SimpleUploadedFile("me.png", content, "image/png")
    return me.post("/harbour/profile", fields, headers={"Accept-Language": "en"})


def names(client):
    return [profile.nickname for profile in client.get("/harbour/attendees").context["page"]]


def test_stranger_is_led_to_sign_in(client, event):
    assert client.get("/harbour/profile")["Location"] == "/accounts/login/?next=/harbour/profile"


def test_unregistered_person_is_led_to_registration(client, event):
    client.force_login(UserFactory())
    assert client.get("/harbour/profile")["Location"].startswith("/harbour/registration?next=")


def test_profile_is_saved_and_shown(me):
    response = send(me)
    assert (response["Location"], names(me)) == ("/harbour/dashboard", ["aoi"])


def test_nobody_is_public_without_saying_so(me):
    send(me, is_public=False)
    assert (PublicProfile.objects.count(), names(me)) == (1, [])


def test_hiding_takes_the_person_off_the_list_at_once(me):
    send(me)
    send(me, is_public=False)
    assert names(me) == []


def test_removing_leaves_nothing(me, row):
    profile_of(row, picture=b"webp")
    me.post("/harbour/profile", {"action": "remove"})
    assert (PublicProfile.objects.count(), ProfilePicture.objects.count(), names(me)) == (0, 0, [])


def test_withdrawing_removes_profile_and_picture(row, client):
    profile_of(row, picture=b"webp")
    withdraw(registration=row)
    assert (PublicProfile.objects.count(), ProfilePicture.objects.count(), names(client)) == (0, 0, [])


def test_list_has_only_people_of_this_event(client, event, row):
    profile_of(row)
    profile_of(RegistrationFactory(), nickname="other")
    assert names(client) == ["aoi"]


def test_empty_nickname_is_refused_and_the_rest_kept(me):
    response = send(me, nickname="", line="Still here")
    assert ("for example aoi" in response.text, "Still here" in response.text) == (True, True)
    assert PublicProfile.objects.count() == 0


@pytest.mark.parametrize("given", ["@aoi_t", "https://x.com/aoi_t", "https://twitter.com/aoi_t/", "aoi_t"])
def test_name_on_x_is_found_in_what_people_paste(me, given):
    send(me, x_name=given)
    assert PublicProfile.objects.get().x_name == "aoi_t"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("x_name", "javascript:alert(1)"),
        ("x_name", "a b"),
        ("x_name", "a" * 16),
        ("github_name", "-aoi"),
        ("github_name", "aoi--t"),
        ("github_name", "a" * 40),
    ],
)
def test_name_that_cannot_be_is_refused(me, field, given):
    response = send(me, **{field: given})
    assert (field in response.context["form"].errors, PublicProfile.objects.count()) == (True, 0)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_picture_becomes_a_small_square(me, kind):
    send(me, image(kind))
    with Image.open(io.BytesIO(bytes(ProfilePicture.objects.get().webp))) as picture:
        assert (picture.format, picture.size) == ("WEBP", (256, 256))


def test_picture_loses_what_the_camera_wrote(me):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    send(me, image("JPEG", exif=exif))
    assert b"taken at home" not in bytes(ProfilePicture.objects.get().webp)


@pytest.mark.parametrize(
    "content",
    [
        b"no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        image()[:60],
        image("GIF"),
        image() + b"0" * (4 * 1024 * 1024),
        image(size=(9000, 5000)),
    ],
    ids=["text", "svg", "cut", "gif", "heavy", "wide"],
)
def test_bad_picture_is_refused_and_nothing_lost(me, content):
    response = send(me, content)
    assert ("picture" in response.context["form"].errors, "Keeps lamps lit" in response.text) == (True, True)
    assert PublicProfile.objects.count() == 0


def test_saving_without_a_file_keeps_the_picture(me, row):
    profile_of(row, picture=b"webp")
    send(me, line="New line")
    assert bytes(ProfilePicture.objects.get().webp) == b"webp"


def test_picture_can_be_dropped(me, row):
    profile_of(row, picture=b"webp")
    send(me, drop_picture="on")
    assert ProfilePicture.objects.count() == 0


def picture_url(profile):
    return f"/harbour/attendees/{profile.public_id}.webp"


def test_picture_of_a_public_profile_is_shown_to_all(client, row):
    response = client.get(picture_url(profile_of(row, picture=b"webp")))
    assert (response.content, response["Content-Type"]) == (b"webp", "image/webp")


def test_picture_of_a_hidden_profile_is_the_owners_alone(client, row):
    url = picture_url(profile_of(row, picture=b"webp", is_public=False))
    stranger = client.get(url).status_code
    client.force_login(UserFactory())
    other = client.get(url).status_code
    client.force_login(row.user)
    assert (stranger, other, client.get(url).status_code) == (404, 404, 200)


def test_picture_is_not_found_in_another_event(client, row):
    EventFactory(slug="hill")
    profile = profile_of(row, picture=b"webp")
    assert client.get(f"/hill/attendees/{profile.public_id}.webp").status_code == 404


def test_nickname_is_shown_as_text(client, row):
    profile_of(row, nickname="<b>aoi</b>")
    assert "<b>aoi</b>" not in client.get("/harbour/attendees").text


def test_list_goes_on_on_further_pages(client, event):
    for number in range(61):
        profile_of(RegistrationFactory(event=event), nickname=f"guest {number}")
    pages = [client.get(f"/harbour/attendees?page={page}").context["page"] for page in (1, 2, "x", 99)]
    assert [len(page.object_list) for page in pages] == [60, 1, 60, 1]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_three_queries(client, event, django_assert_num_queries, count):
    for _ in range(count):
        profile_of(RegistrationFactory(event=event), picture=b"webp")
    with django_assert_num_queries(3):
        client.get("/harbour/attendees")


def test_organizer_takes_a_profile_off_the_list(client, event, row):
    profile = profile_of(row)
    other = profile_of(RegistrationFactory(), nickname="other")
    client.force_login(RoleGrantFactory(event=event, role=Role.ORGANIZER).user)
    chosen = {"action": "hide", "agreed": "1", "_selected_action": [profile.pk, other.pk]}
    client.post("/admin/events/publicprofile/", chosen)
    shown = PublicProfile.objects.filter(is_public=True).values_list("nickname", flat=True)
    assert (names(client), list(shown), profile.nickname) == ([], ["other"], "aoi")
