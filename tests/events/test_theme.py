"""The guarantees of the derived colours, for a grid of what an organizer may choose."""

import itertools

import pytest

from events.theme import is_near_live_red, theme_css, theme_hash, theme_of

GRID = [
    f"#{red:02x}{green:02x}{blue:02x}"
    for red, green, blue in itertools.product([0, 32, 64, 96, 128, 160, 192, 224, 255], repeat=3)
]
SURFACES = {
    "light": ("#f6f8f8", "#ffffff", "#ebefef", "#eef2f2"),
    "dark": ("#0d1113", "#141a1c", "#1c2427", "#090c0e", "#20292c"),
}


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_on_the_filled_accent_is_readable_for_every_colour():
    worst = min(contrast(theme.on_accent, theme.fill) for theme in map(theme_of, GRID))
    assert worst >= 4.5


@pytest.mark.parametrize(("position", "name"), [(0, "light"), (1, "dark")])
def test_accent_text_is_readable_on_every_surface_for_every_colour(position, name):
    grounds = SURFACES[name]
    worst = min(contrast(theme.ink[position], ground) for theme in map(theme_of, GRID) for ground in grounds)
    assert worst >= 4.5


@pytest.mark.parametrize("position", [0, 1])
def test_accent_text_is_readable_on_the_tint_for_every_colour(position):
    worst = min(contrast(theme.ink[position], theme.tint[position]) for theme in map(theme_of, GRID))
    assert worst >= 4.5


def test_text_on_the_deep_ground_is_readable_for_every_colour():
    worst = min(contrast(theme.on_deep_2, theme.deep_2) for theme in map(theme_of, GRID))
    assert worst >= 4.5


def test_a_dark_accent_stays_itself_with_white_text():
    theme = theme_of("#0b6e75")
    assert (theme.fill, theme.on_accent) == ("#0b6e75", "#ffffff")


def test_a_bright_accent_stays_itself_with_dark_text():
    theme = theme_of("#f2c230")
    assert (theme.fill, theme.on_accent) == ("#f2c230", "#0f0f0f")


def test_an_accent_between_dark_and_bright_is_darkened():
    theme = theme_of("#2f8f5a")
    assert theme.fill != "#2f8f5a"
    assert luminance(theme.fill) < luminance("#2f8f5a")


def test_stylesheet_names_the_accent_and_every_derived_colour():
    css = theme_css("#0b6e75")
    names = ("accent", "accent-fill", "on-accent", "accent-deep", "accent-deep-2", "on-deep-2")
    assert css.startswith(":root { --accent: #0b6e75; ")
    assert [css.count(f"--{name}: #") for name in names] == [1] * len(names)
    assert [css.count(f"--accent-{part}:") for part in ("ink", "tint", "line")] == [2, 2, 2]
    assert css.count("light-dark(") == 4  # the question whether it exists, and three pairs


def test_short_colour_means_the_same_as_the_long_one():
    assert theme_css("#1ac") == theme_css("#11aacc")


def test_hash_changes_with_the_colour_and_only_then():
    assert theme_hash("#0b6e75") == theme_hash("#0B6E75")
    assert theme_hash("#0b6e75") != theme_hash("#0b6e76")


@pytest.mark.parametrize("colour", ["#c4182c", "#ff0000", "#e0561c", "#a01040"])
def test_reds_are_near_live(colour):
    assert is_near_live_red(colour) is True


@pytest.mark.parametrize("colour", ["#0b6e75", "#f2c230", "#1a1a1a", "#808080", "#5b21b6"])
def test_other_colours_and_greys_are_not_near_live(colour):
    assert is_near_live_red(colour) is False


def test_text_on_the_deep_ground_is_readable_for_every_second_colour():
    themes = [theme_of("#0b6e75", ground) for ground in GRID]
    assert min(contrast(theme.on_deep_2, theme.deep_2) for theme in themes) >= 4.5
    assert min(contrast("#ffffff", theme.deep) for theme in themes) >= 4.5


def test_second_colour_changes_the_deep_ground_and_nothing_else():
    one, other = theme_of("#0b6e75"), theme_of("#0b6e75", "#7a2a5c")
    deep = {"deep", "deep_2", "on_deep_2"}
    assert {name for name in one.__slots__ if getattr(one, name) != getattr(other, name)} == deep


def test_without_a_second_colour_the_accent_gives_the_deep_ground():
    assert theme_of("#0b6e75", "") == theme_of("#0b6e75", "#0b6e75")


def test_hash_changes_with_the_second_colour():
    assert theme_hash("#0b6e75", "#7a2a5c") != theme_hash("#0b6e75")
