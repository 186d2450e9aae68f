"""Every pair of colours in `static/css/tokens.css` that meets on a page, measured as WCAG does.

A new pair goes into the list first.
"""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
HEX = r"#[0-9a-f]{3,6}"
FIXED = re.findall(rf"--([\w-]+):\s*({HEX})\s*;", TOKENS)
PAIRED = re.findall(rf"--([\w-]+):\s*light-dark\(({HEX}),\s*({HEX})\)", TOKENS)

LIGHT = dict(FIXED)
DARK = LIGHT | {name: dark for name, _light, dark in PAIRED}

TEXT, PART = 4.5, 3.0
GROUNDS = ("page", "surface", "raised")
STATES = ("live", "ok", "warn", "danger")
PAIRS = [
    *((front, back, TEXT) for front in ("ink", "ink-2", "ink-3", "accent-ink")
      for back in (*GROUNDS, "sunken", "hover", "accent-tint")),
    *((f"{state}-ink", back, TEXT) for state in STATES for back in (*GROUNDS, f"{state}-tint")),
    *(("ink", f"{state}-tint", TEXT) for state in STATES),
    *((front, back, PART) for front in ("line-strong", "ok-lamp", "warn-lamp", "live", "focus")
      for back in GROUNDS),
    ("on-live", "live", TEXT),
    ("ink-inverse", "inverse", TEXT),
    ("on-accent", "accent-fill", TEXT),
    ("on-video", "video", TEXT),
    ("on-video-2", "video", TEXT),
    ("on-deep", "accent-deep-2", TEXT),
    ("on-deep-2", "accent-deep-2", TEXT),
    ("on-lamp", "warn-lamp", TEXT),
    ("on-lamp", "ok-lamp", TEXT),
    ("on-paper", "paper", TEXT),
    ("fault-on-paper", "paper", TEXT),
    ("live-on-video", "video", PART),
]  # fmt: skip


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_that_meet_are_told_apart(theme, front, back, least):
    assert contrast(theme[front], theme[back]) >= least


@pytest.mark.parametrize(("name", "light", "_dark"), PAIRED)
def test_fallback_for_old_browsers_equals_the_light_value(name, light, _dark):
    assert LIGHT[name] == light


def test_no_other_stylesheet_names_a_colour():
    named = {
        str(path.name): found
        for path in (Path(__file__).parents[2] / "static/css").rglob("*.css")
        if path.name != "tokens.css"
        and (found := re.findall(rf"(?<![\w&-]){HEX}\b|\brgba?\(", path.read_text()))
    }
    assert named == {}
