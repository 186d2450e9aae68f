"""What a person sees in the picture: a clock that is right."""

import base64
import re
import subprocess
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

ZONE = ZoneInfo("Asia/Tokyo")
LATE_SECONDS = 15
# The part of the test card that carries the clock, enlarged for the reader.
FRAME = """() => {
  const video = document.querySelector("video");
  const canvas = Object.assign(document.createElement("canvas"), {width: 1280, height: 240});
  canvas.getContext("2d").drawImage(video, 0, 145, 640, 120, 0, 0, 1280, 240);
  return canvas.toDataURL("image/png");
}"""
NEW_FRAME = """() => new Promise((resolve) => {
  document.querySelector("video").requestVideoFrameCallback(() => resolve(true));
})"""


def read_clock(picture: bytes) -> str:
    """The hours, minutes and seconds that tesseract reads."""
    words = ["tesseract", "stdin", "stdout", "--psm", "7", "-c", "tessedit_char_whitelist=0123456789:."]
    text = subprocess.run(words, input=picture, capture_output=True, check=True).stdout.decode()
    found = re.search(r"(\d\d):(\d\d):(\d\d)", text)
    return found.group(0) if found else ""


def age(clock: str, now: datetime) -> float:
    """How many seconds ago the clock showed the present time; midnight may lie between."""
    hours, minutes, seconds = map(int, clock.split(":"))
    shown = hours * 3600 + minutes * 60 + seconds
    real = now.hour * 3600 + now.minute * 60 + now.second + now.microsecond / 1e6
    return (real - shown) % 86_400


@pytest.mark.parametrize("track", ["A", "B", "C"])
def test_decoded_frame_of_each_track_shows_the_time_of_now(on_air, site, playing_browser, visitors, track):
    page = visitors.page(playing_browser, site.url)
    page.goto(f"/demo/ui?track={track}")
    expect(page.locator("[data-player]")).to_have_attribute("data-state", "playing", timeout=45_000)
    for _ in range(10):
        page.evaluate(NEW_FRAME)
        taken, picture = datetime.now(ZONE), base64.b64decode(page.evaluate(FRAME).partition(",")[2])
        clock = read_clock(picture)
        if clock:
            break
    assert clock, "no clock could be read in ten frames"
    assert age(clock, taken) < LATE_SECONDS
