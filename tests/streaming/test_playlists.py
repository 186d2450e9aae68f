"""A media playlist cut to a window, byte by byte."""

from datetime import UTC, datetime, timedelta

from streaming.media.playlists import cut

BEGAN = datetime(2026, 11, 23, 1, tzinfo=UTC)
RECORDED = """#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:10
#EXT-X-PLAYLIST-TYPE:EVENT
#EXT-X-MEDIA-SEQUENCE:0
#EXTINF:10.000,
0.ts
#EXTINF:10.000,
1.ts
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:2026-11-23T01:01:00.000Z
#EXTINF:10.000,
2.ts
#EXTINF:4.500,
3.ts
#EXT-X-ENDLIST
"""


def window(start, end):
    return cut(RECORDED, BEGAN, BEGAN + timedelta(seconds=start), BEGAN + timedelta(seconds=end))


def test_the_segments_that_touch_the_window_stay_as_they_were():
    text, names = window(15, 65)
    assert names == ["1.ts", "2.ts"]
    assert text == (
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n"
        "#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MEDIA-SEQUENCE:0\n"
        "#EXTINF:10.000,\n1.ts\n"
        "#EXT-X-DISCONTINUITY\n#EXT-X-PROGRAM-DATE-TIME:2026-11-23T01:01:00.000Z\n#EXTINF:10.000,\n2.ts\n"
        "#EXT-X-ENDLIST\n"
    )


def test_edges_on_the_border_take_no_neighbour():
    assert window(10, 20)[1] == ["1.ts"]


def test_what_was_not_recorded_is_empty():
    assert window(25, 55) == ("", [])
    assert window(80, 90) == ("", [])
