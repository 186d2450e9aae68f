"""Portraits and logos for the demo, drawn from their names: the same name gives the same picture."""

import hashlib
import io
import random
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from streaming.demo.marks import MARKS

SIDE = 320
# Drawn larger and scaled down: Pillow's shapes have hard edges.
FINE = 3
SCENES = [
    ("#16425b", "#2f6690", "#f4d58d"),
    ("#1d3b36", "#3d7a6c", "#f2e8cf"),
    ("#5c3b1e", "#a5693a", "#ffe3bf"),
]
SCENES += [
    ("#33304f", "#5d5a88", "#f1dede"),
    ("#4a2433", "#8c4a5f", "#f8dcd0"),
    ("#27424b", "#5b8e93", "#f6efe3"),
]
SKINS = ["#f3d3b8", "#e6b998", "#c9946b", "#a06c48", "#75492f", "#f7dfca"]
HAIRS = ["#1f1a1a", "#3b2a20", "#5f4029", "#8b5e34", "#77777d", "#b9855a", "#2a2f45"]
CLOTHES = ["#e4572e", "#f0b429", "#f7f4ea", "#7fb7be", "#c06c84", "#9bc53d", "#dfe3e8"]
INK = "#2b2220"
WORDMARK_FONT = "static/vendor/dejavu/DejaVuSans-Bold.ttf"
LOGO = (640, 200)


def portrait(key: str) -> bytes:
    """A head and shoulders before a calm scene."""
    dice = random.Random(hashlib.sha256(key.encode()).digest())
    image = Image.new("RGB", (SIDE * FINE, SIDE * FINE))
    pen = ImageDraw.Draw(image)
    _scene(pen, dice)
    _person(pen, dice)
    return _png(image.resize((SIDE, SIDE), Image.Resampling.LANCZOS))


def logo(name: str, mark: str, colour: str) -> bytes:
    """A mark and a wordmark on a transparent ground, in a tone that stands out on white and on black."""
    image = Image.new("RGBA", (LOGO[0] * FINE, LOGO[1] * FINE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    MARKS[mark](pen, LOGO[1] * FINE, colour)
    _wordmark(pen, name, colour)
    return _png(image.resize(LOGO, Image.Resampling.LANCZOS))


def _scene(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    deep, middle, light = dice.choice(SCENES)
    size = SIDE * FINE
    pen.rectangle((0, 0, size, size), fill=middle)
    x, y, r = dice.uniform(0.1, 0.9) * size, dice.uniform(0.05, 0.4) * size, dice.uniform(0.12, 0.3) * size
    pen.ellipse((x - r, y - r, x + r, y + r), fill=light)
    hill, far = dice.uniform(0.55, 0.75) * size, size * 1.1
    pen.ellipse((-0.5 * size, hill, dice.uniform(0.8, 1.5) * size, far + size), fill=deep)


def _person(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    skin, hair, clothes = dice.choice(SKINS), dice.choice(HAIRS), dice.choice(CLOTHES)
    width, is_long, style = dice.uniform(0.175, 0.2), dice.random() < 0.45, dice.randrange(4)
    if is_long:
        _blob(pen, 0.5, 0.5, width + 0.075, dice.uniform(0.28, 0.36), hair)
    _blob(pen, 0.5, 1.02, dice.uniform(0.36, 0.42), 0.3, clothes)
    _box(pen, 0.43, 0.55, 0.57, 0.76, 0.06, skin)
    _blob(pen, 0.5, 0.75, 0.085, 0.045, skin)
    _blob(pen, 0.5, 0.38, width + 0.03, 0.235, hair)
    _blob(pen, 0.5, 0.46, width, 0.205, skin)
    _fringe(pen, style, width, hair)
    _face(pen, dice, width)


def _fringe(pen: ImageDraw.ImageDraw, style: int, width: float, hair: str) -> None:
    size = SIDE * FINE
    left, right = (0.5 - width - 0.012) * size, (0.5 + width + 0.012) * size
    if style == 0:
        pen.chord((left, 0.17 * size, right, 0.56 * size), 180, 360, fill=hair)
    elif style == 1:
        pen.chord((left, 0.15 * size, right, 0.62 * size), 190, 335, fill=hair)
    elif style == 2:
        pen.chord((left, 0.15 * size, right, 0.62 * size), 205, 350, fill=hair)
    else:
        pen.chord((left, 0.16 * size, right, 0.5 * size), 185, 355, fill=hair)
        _blob(pen, 0.5, 0.15, 0.075, 0.065, hair)


def _face(pen: ImageDraw.ImageDraw, dice: random.Random, width: float) -> None:
    """Two eyes and a smile; every third person wears glasses."""
    size, apart = SIDE * FINE, width * 0.42
    for x in (0.5 - apart, 0.5 + apart):
        _blob(pen, x, 0.475, 0.014, 0.018, INK)
    if dice.random() < 0.33:
        _glasses(pen, apart)
    smile = dice.uniform(0.045, 0.065)
    box = ((0.5 - smile) * size, 0.51 * size, (0.5 + smile) * size, 0.59 * size)
    pen.arc(box, 25, 155, fill="#57201b", width=round(0.011 * size))


def _glasses(pen: ImageDraw.ImageDraw, apart: float) -> None:
    size, r, thin = SIDE * FINE, 0.05, round(0.009 * SIDE * FINE)
    for x in (0.5 - apart, 0.5 + apart):
        box = ((x - r) * size, (0.475 - r) * size, (x + r) * size, (0.475 + r) * size)
        pen.ellipse(box, outline=INK, width=thin)
    bridge = ((0.5 - apart + r) * size, 0.475 * size, (0.5 + apart - r) * size, 0.475 * size)
    pen.line(bridge, fill=INK, width=thin)


def _blob(pen: ImageDraw.ImageDraw, x: float, y: float, rx: float, ry: float, fill: str) -> None:
    size = SIDE * FINE
    pen.ellipse(((x - rx) * size, (y - ry) * size, (x + rx) * size, (y + ry) * size), fill=fill)


def _box(
    pen: ImageDraw.ImageDraw, left: float, top: float, right: float, bottom: float, round_: float, fill: str
) -> None:
    size = SIDE * FINE
    box = (left * size, top * size, right * size, bottom * size)
    pen.rounded_rectangle(box, radius=round_ * size, fill=fill)


def _wordmark(pen: ImageDraw.ImageDraw, name: str, colour: str) -> None:
    """As large as fits beside the mark."""
    path, room = Path(settings.BASE_DIR) / WORDMARK_FONT, (LOGO[0] - LOGO[1] - 20) * FINE
    font = ImageFont.truetype(str(path), size=66 * FINE)
    font = font.font_variant(size=round(min(font.size, font.size * room / font.getlength(name))))
    pen.text((LOGO[1] * FINE, LOGO[1] * FINE // 2), name, font=font, fill=colour, anchor="lm")


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()
