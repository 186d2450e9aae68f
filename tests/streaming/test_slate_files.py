"""Which addresses MediaLive can take a slate from."""

import pytest
from django.core.exceptions import ValidationError

from streaming.media.encoders import file_address
from streaming.slate_files import validate_slate


@pytest.mark.parametrize(
    "url",
    ["", "https://example.org/slate.mp4", "https://example.org/a/Soon.MP4", "s3://bucket-1/slates/soon.mp4"],
)
def test_a_file_is_taken(url):
    validate_slate(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/slate.mp4",
        "https://example.org/slate.mov",
        "https://example.org/.mp4",
        "https://slate.mp4",
        "https://user:secret@example.org/slate.mp4",
        "https://example.org/slate.mp4?token=1",
        "https://[bad/slate.mp4",
        "s3://my.bucket/slate.mp4",
        "s3://bucket",
        "rtmp://example.org/slate.mp4",
        "https://example.org/待機.mp4",
        "https://example.org/a slate.mp4",
    ],
)
def test_anything_else_is_refused(url):
    with pytest.raises(ValidationError):
        validate_slate(url)


def test_medialive_reads_s3_over_tls():
    assert file_address("s3://bucket/slate.mp4") == "s3ssl://bucket/slate.mp4"
    assert file_address("https://example.org/slate.mp4") == "https://example.org/slate.mp4"
