"""A cut out of what IVS recorded into the bucket, over HTTP to moto."""

import json
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from streaming.media.cutter import CutSpec, CutState
from streaming.media.gateway import GatewayPermanent
from streaming.media.ivs_archive import IvsCutter
from tests.services.environment import AWS
from tests.streaming.test_playlists import RECORDED

BUCKET = "dreamkast-test-archive"
BEGAN = datetime(2026, 11, 23, 1, tzinfo=UTC)
FOLDER = "ivs/v1/123456789012/abc/2026/11/23/1/0/rec1"
ARN = "arn:aws:ivs:ap-northeast-1:123456789012:channel/abc"


@pytest.fixture
def s3(moto_server, settings, monkeypatch):
    moto_server.forget_everything()
    for name, value in AWS.items():
        monkeypatch.setenv(name, value)
    settings.AWS_ENDPOINT_URL = moto_server.url
    made = boto3.client("s3", region_name="ap-northeast-1", endpoint_url=moto_server.url)
    place = {"LocationConstraint": "ap-northeast-1"}
    made.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
    return made


@pytest.fixture
def recorded(s3):
    rendition = {"path": "1080p30", "playlist": "playlist.m3u8"}
    hls = {"path": "media/hls", "playlist": "master.m3u8", "renditions": [rendition]}
    started = {"recording_started_at": "2026-11-23T01:00:00Z", "media": {"hls": hls}}
    files = {"events/recording-started.json": json.dumps(started), "media/hls/master.m3u8": "#EXTM3U\n"}
    files |= {"media/hls/1080p30/playlist.m3u8": RECORDED}
    files |= {f"media/hls/1080p30/{number}.ts": f"picture {number}" for number in range(4)}
    for name, text in files.items():
        s3.put_object(Bucket=BUCKET, Key=f"{FOLDER}/{name}", Body=text.encode())
    return s3


def spec(start=15, end=65):
    return CutSpec(
        environment="test",
        shared_name="dreamkast-test",
        stream_name="x",
        stream_id="x",
        event="harbour",
        talk="t",
        round=1,
        starts_at=BEGAN + timedelta(seconds=start),
        ends_at=BEGAN + timedelta(seconds=end),
        bucket=BUCKET,
        picture_arn=ARN,
    )


def keys(s3):
    found = s3.list_objects_v2(Bucket=BUCKET, Prefix="archive/").get("Contents", [])
    return [one["Key"].removeprefix("archive/harbour/t/1/") for one in found]


def test_the_segments_of_the_window_are_copied(recorded):
    cutter = IvsCutter()
    cutter.begin(spec())
    cut = cutter.look(spec())
    assert (cut.state, cut.path) == (CutState.DONE, "archive/harbour/t/1/master.m3u8")
    assert keys(recorded) == ["1080p30/1.ts", "1080p30/2.ts", "1080p30/playlist.m3u8", "master.m3u8"]


def test_it_goes_on_where_a_worker_died(recorded):
    cutter = IvsCutter(copies=1)
    assert cutter.look(spec()).state is CutState.WORKING
    assert keys(recorded) == ["1080p30/1.ts"]
    assert cutter.look(spec()).state is CutState.DONE


def test_without_a_recording_it_says_so(s3):
    with pytest.raises(GatewayPermanent, match="no recording"):
        IvsCutter().begin(spec())


def test_a_window_without_segments_fails(recorded):
    assert IvsCutter().look(spec(80, 90)).state is CutState.FAILED
