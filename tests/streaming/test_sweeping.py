"""The sweeper: what no row knows is found, and deleted only when it is old and nobody needs it."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from streaming.enums import Part
from streaming.media.gateway import GatewayTransient
from streaming.media.inventory import Thing
from streaming.models import MediaResource, OnAir, Stream, Sweep, SweepFinding
from streaming.services import sweeping
from streaming.services.sweeping import is_worth_sweeping, sweep
from streaming.states import Desired, Observed, Seen
from tests.factories.talks import TalkFactory


class MemoryCloud:
    def __init__(self, *things, refuses=None):
        self.there, self.refuses, self.removed = list(things), refuses, []

    def things(self, environment, shared_name):
        if self.refuses:
            raise self.refuses
        return list(self.there)

    def remove(self, thing):
        self.removed.append(thing.external_id)
        self.there = [one for one in self.there if one != thing]


@pytest.fixture
def stream(track):
    return Stream.objects.create(track=track, gateway="medialive")


def thing(external_id="1234", *, part=Part.ENCODER, owner="", hours_old=2):
    made_at = timezone.now() - timedelta(hours=hours_old)
    owner = owner or str(uuid.uuid4())
    return Thing(part, external_id, "dreamkast-test-x", Seen.RUNNING, owner, made_at)


def sweep_twice(cloud, *, may_delete=True):
    sweep(cloud=cloud, may_delete=may_delete)
    SweepFinding.objects.update(last_seen_at=F("last_seen_at") - timedelta(minutes=10))
    return sweep(cloud=cloud, may_delete=may_delete)


def wanted(stream):
    Stream.objects.filter(pk=stream.pk).update(desired=Desired.RUNNING, observed=Observed.RUNNING)
    return str(stream.public_id)


@pytest.mark.django_db
def test_what_two_sweeps_saw_and_is_old_is_deleted():
    cloud = MemoryCloud(thing())
    run = sweep_twice(cloud)
    assert (cloud.removed, run.strays, run.removed) == (["1234"], 1, 1)


@pytest.mark.django_db
def test_one_sweep_deletes_nothing():
    cloud = MemoryCloud(thing())
    sweep(cloud=cloud, may_delete=True)
    assert (cloud.removed, SweepFinding.objects.get().verdict) == ([], "watch")


@pytest.mark.django_db
def test_two_people_who_sweep_at_once_are_one_sweep():
    cloud = MemoryCloud(thing())
    sweep(cloud=cloud, may_delete=True)
    sweep(cloud=cloud, may_delete=True)
    assert (cloud.removed, SweepFinding.objects.get().times) == ([], 1)


@pytest.mark.django_db
def test_what_was_made_a_moment_ago_is_only_watched():
    cloud = MemoryCloud(thing(hours_old=0))
    sweep_twice(cloud)
    assert cloud.removed == []


@pytest.mark.django_db
def test_without_the_permission_it_is_reported():
    cloud = MemoryCloud(thing())
    sweep_twice(cloud, may_delete=False)
    assert (cloud.removed, SweepFinding.objects.get().verdict) == ([], "report")


@pytest.mark.django_db
def test_by_default_nothing_is_deleted():
    cloud = MemoryCloud(thing())
    sweep_twice(cloud, may_delete=None)
    assert cloud.removed == []


def test_what_a_row_knows_is_no_stray(stream):
    MediaResource.objects.create(
        owner=f"stream:{stream.public_id}", part=Part.ENCODER, stream=stream, name="x", external_id="1234"
    )
    run = sweep_twice(MemoryCloud(thing(owner=str(stream.public_id))))
    assert (run.things, run.strays) == (1, 0)


def test_what_is_wanted_and_not_written_down_yet_is_kept(stream):
    cloud = MemoryCloud(thing(owner=wanted(stream)))
    sweep_twice(cloud)
    assert (cloud.removed, SweepFinding.objects.get().verdict) == ([], "keep")


def test_a_second_one_beside_the_known_one_is_left_over(stream):
    owner = wanted(stream)
    own = {"owner": f"stream:{owner}", "part": Part.PICTURE, "stream": stream}
    MediaResource.objects.create(**own, name="x", external_id="first")
    cloud = MemoryCloud(thing("second", part=Part.PICTURE, owner=owner))
    sweep_twice(cloud)
    assert cloud.removed == ["second"]


def test_nothing_of_a_track_on_air_is_deleted(stream):
    owner = wanted(stream)
    MediaResource.objects.create(
        owner=f"stream:{owner}", part=Part.ENCODER, stream=stream, name="x", external_id="first"
    )
    OnAir.objects.create(track=stream.track, talk=TalkFactory(track=stream.track), card="")
    cloud = MemoryCloud(thing("second", owner=owner))
    sweep_twice(cloud)
    assert cloud.removed == []


@pytest.mark.django_db
def test_children_go_before_their_parents():
    package, live = thing("package", part=Part.PACKAGE), thing("live", part=Part.LIVE)
    cloud = MemoryCloud(package, live)
    sweep_twice(cloud)
    assert cloud.removed == ["live", "package"]


@pytest.mark.django_db
def test_what_is_gone_is_said_to_be():
    cloud = MemoryCloud(thing())
    sweep(cloud=cloud, may_delete=False)
    cloud.there = []
    sweep(cloud=cloud, may_delete=False)
    assert SweepFinding.objects.get().gone_at is not None


@pytest.mark.django_db
def test_half_a_list_is_no_list():
    cloud = MemoryCloud(thing())
    sweep(cloud=cloud, may_delete=False)
    failed = sweep(cloud=MemoryCloud(refuses=GatewayTransient("Throttled.")), may_delete=True)
    assert (failed.ended_at, failed.error) == (None, "Throttled.")
    assert SweepFinding.objects.get().gone_at is None


def test_a_site_without_a_cloud_is_not_swept(track, settings):
    Stream.objects.create(track=track, gateway="local")
    assert is_worth_sweeping() is False
    settings.STREAM_GATEWAY = "medialive"
    assert is_worth_sweeping() is True
    settings.SWEEPER = "off"
    assert is_worth_sweeping() is False


@pytest.mark.django_db
def test_the_command_says_that_it_could_not_look(settings, monkeypatch):
    settings.AWS_ENDPOINT_URL = "http://127.0.0.1:9"
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    with pytest.raises(CommandError, match="could not be looked at"):
        call_command("sweep_streams", stdout=StringIO())
    assert Sweep.objects.get().ended_at is None
    assert sweeping.CLOUD == ["ivs", "medialive"]
