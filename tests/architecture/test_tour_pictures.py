"""The tour shows each of its pictures, in the reader's language, and none is heavy."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
HEAVY = 150_000


@pytest.mark.parametrize(("page", "language"), [("tour.md", "en"), ("tour.ja.md", "ja")])
def test_the_tour_shows_all_of_its_pictures_and_no_others(page, language):
    shown = re.findall(r"\(tour/([^)]+)\)", (DOCS / page).read_text())
    assert shown == sorted(f"{language}/{picture.name}" for picture in (DOCS / "tour" / language).iterdir())


def test_no_picture_of_the_tour_is_heavy():
    assert [picture.name for picture in DOCS.glob("tour/*/*.png") if picture.stat().st_size > HEAVY] == []
