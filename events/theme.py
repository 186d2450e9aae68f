"""From an event's one accent colour, the derived ones: the same rules as in `static/css/tokens.css`.

Modern browsers could derive them by themselves; older ones, mails and share pictures cannot, so they are
computed here once and served as the event's own stylesheet.
"""

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache

Triple = tuple[float, float, float]  # sRGB from 0 to 1, or OKLab, or OKLCH with the hue in radians

WHITE: Triple = (1.0, 1.0, 1.0)
DARK_SURFACE = "#141a1c"
LIVE = "#c4182c"
# Above this OKLCH lightness dark text stands on the colour, below it white.
BRIGHT = 0.66
NEAR_LIVE_DEGREES = 25
# Under this chroma a colour is a grey, and its hue says nothing.
GREY_CHROMA = 0.04


@dataclass(frozen=True, slots=True)
class Theme:
    """Hex values; the pairs differ between the light and the dark theme."""

    accent: str
    fill: str
    on_accent: str
    deep: str
    deep_2: str
    on_deep_2: str
    ink: tuple[str, str]
    tint: tuple[str, str]
    line: tuple[str, str]


def theme_of(accent: str, ground: str = "") -> Theme:
    """`ground` gives the hero a hue of its own; its lightness stays such that white stands on it."""
    rgb = _rgb(accent)
    lightness, chroma, hue = _to_lch(rgb)
    _any_lightness, ground_chroma, ground_hue = _to_lch(_rgb(ground or accent))
    dark_surface = _rgb(DARK_SURFACE)

    def tone(light: float, most_chroma: float = 1.0) -> str:
        return _hex(_from_lch(light, min(chroma, most_chroma), hue))

    def deep(light: float, most_chroma: float) -> str:
        return _hex(_from_lch(light, min(ground_chroma, most_chroma), ground_hue))

    return Theme(
        accent=_hex(rgb),
        fill=tone(_fill_lightness(lightness)),
        on_accent=tone(0.17 if lightness > BRIGHT else 1.0, most_chroma=0.0),
        deep=deep(0.26, 0.055),
        deep_2=deep(0.36, 0.07),
        on_deep_2=deep(0.87, 0.035),
        ink=(tone(min(lightness, 0.45), 0.15), tone(max(lightness, 0.8), 0.11)),
        tint=(_hex(_mix(rgb, WHITE, 0.09)), _hex(_mix(rgb, dark_surface, 0.15))),
        line=(_hex(_mix(rgb, WHITE, 0.45)), _hex(_mix(rgb, dark_surface, 0.55))),
    )


@lru_cache(maxsize=64)
def theme_css(accent: str, ground: str = "") -> str:
    theme = theme_of(accent, ground)
    pairs = {"accent-ink": theme.ink, "accent-tint": theme.tint, "accent-line": theme.line}
    fixed = {
        "accent": theme.accent,
        "accent-fill": theme.fill,
        "on-accent": theme.on_accent,
        "accent-deep": theme.deep,
        "accent-deep-2": theme.deep_2,
        "on-deep-2": theme.on_deep_2,
    } | {name: light for name, (light, _dark) in pairs.items()}
    both = {name: f"light-dark({light}, {dark})" for name, (light, dark) in pairs.items()}
    return f"{_root(fixed)}@supports (color: light-dark(#000, #fff)) {{ {_root(both)}}}\n"


def theme_hash(accent: str, ground: str = "") -> str:
    """Names the stylesheet's content, so that its address can be kept for ever."""
    return hashlib.sha256(theme_css(accent, ground).encode()).hexdigest()[:12]


def is_near_live_red(accent: str) -> bool:
    """Whether the colour could be taken for "on air"."""
    _lightness, chroma, hue = _to_lch(_rgb(accent))
    distance = math.degrees(abs(hue - _to_lch(_rgb(LIVE))[2]))
    return chroma >= GREY_CHROMA and min(distance, 360 - distance) <= NEAR_LIVE_DEGREES


def _root(values: dict[str, str]) -> str:
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in values.items()) + " }\n"


def _fill_lightness(lightness: float) -> float:
    """The colour itself if dark text passes on it, else dark enough for white text."""
    return lightness if lightness > BRIGHT else min(lightness, 0.53)


def _clamp(least: float, value: float, most: float) -> float:
    return max(least, min(value, most))


def _rgb(colour: str) -> Triple:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def _hex(rgb: Triple) -> str:
    return "#" + "".join(f"{round(_clamp(0.0, value, 1.0) * 255):02x}" for value in rgb)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    value = _clamp(0.0, value, 1.0)
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


# The matrices of Björn Ottosson's OKLab (https://bottosson.github.io/posts/oklab/).
def _to_lab(rgb: Triple) -> Triple:
    red, green, blue = map(_linear, rgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_lab(lab: Triple) -> Triple:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _to_lch(rgb: Triple) -> Triple:
    lightness, a, b = _to_lab(rgb)
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_lch(lightness: float, chroma: float, hue: float) -> Triple:
    return _from_lab((lightness, chroma * math.cos(hue), chroma * math.sin(hue)))


def _mix(colour: Triple, ground: Triple, part: float) -> Triple:
    mixed = (x * part + y * (1 - part) for x, y in zip(_to_lab(colour), _to_lab(ground), strict=True))
    lightness, a, b = mixed
    return _from_lab((lightness, a, b))
