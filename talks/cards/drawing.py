"""A share card: 1200 by 630 pixels, what a link shows in chats and timelines. Drawn from values alone."""

import hashlib
import io
import unicodedata
from dataclasses import astuple, dataclass

from PIL import Image, ImageDraw, ImageOps

from talks.cards.fonts import Font, font
from talks.cards.lines import broken, shortened

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
SIZES, MOST_LINES = (84, 74, 64, 55, 46), 4
SMALL, FACE, BAR = 30, 84, 18
LEADING = 1.25
# The event's logo at the top right, on a plate of its own: nobody knows whether it is dark or light.
LOGO_WIDTH, LOGO_HEIGHT, PLATE = 260, 64, 10
MOST_FACES = 4
TITLE_TOP = MARGIN + SMALL + 30
# Raised with every change of the drawing: the address of each card changes with it.
EDITION = 2


@dataclass(frozen=True)
class Card:
    """`title` in its own language, `people` below it, `above` and `below` in small; colours as hex values."""

    title: str
    people: str
    above: str
    below: str
    ground: str
    accent: str
    quiet: str
    faces: tuple[str, ...] = ()
    logo: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr((EDITION, astuple(self))).encode()).hexdigest()[:16]


def drawn(card: Card) -> bytes:
    """The PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), card.ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, BAR, HEIGHT), fill=card.accent)
    taken = _logo(picture, pen, card.logo)
    _small(pen, card.above, MARGIN - 8, card.quiet, taken)
    _title(pen, _plain(card.title))
    left = MARGIN + _faces(picture, card.faces)
    _people(pen, _plain(card.people), left)
    _small(pen, card.below, HEIGHT - MARGIN - SMALL + 4, card.quiet)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _logo(picture: Image.Image, pen: ImageDraw.ImageDraw, path: str) -> int:
    """Returns how much of the first line it takes."""
    logo = _read(path) if path else None
    if logo is None:
        return 0
    fitted = ImageOps.contain(logo, (LOGO_WIDTH, LOGO_HEIGHT))
    left, top = WIDTH - MARGIN - fitted.width, MARGIN - 8 + (SMALL - fitted.height) // 2
    edges = (left - PLATE, top - PLATE, left + fitted.width + PLATE, top + fitted.height + PLATE)
    pen.rounded_rectangle(edges, radius=6, fill="#ffffff")
    picture.paste(fitted, (left, top), fitted)
    return fitted.width + 3 * PLATE


def _title(pen: ImageDraw.ImageDraw, title: str) -> None:
    """As large as it fits above the names."""
    room = WIDTH - 2 * MARGIN
    for pixels in SIZES:
        face = font(pixels, is_bold=True)
        lines = broken(title, room, face.getlength)
        if len(lines) * pixels * LEADING <= _people_top() - TITLE_TOP:
            break
    for number, line in enumerate(shortened(lines, MOST_LINES, room, face.getlength)):
        pen.text((MARGIN, TITLE_TOP + number * pixels * LEADING), line, font=face, fill="#ffffff")


def _faces(picture: Image.Image, paths: tuple[str, ...]) -> int:
    """Round pictures beside the names; returns how far the names move to the right."""
    shown = 0
    for path in paths[:MOST_FACES]:
        face = _round(path)
        if face:
            picture.paste(face, (MARGIN + shown * (FACE - 14), _people_top()), face)
            shown += 1
    return shown * (FACE - 14) + 34 if shown else 0


def _round(path: str) -> Image.Image | None:
    found = _read(path)
    if found is None:
        return None
    face = ImageOps.fit(found, (FACE, FACE))
    mask = Image.new("L", (FACE * 4, FACE * 4))
    ImageDraw.Draw(mask).ellipse((0, 0, FACE * 4, FACE * 4), fill=255)
    face.putalpha(mask.resize((FACE, FACE)))
    return face


def _read(path: str) -> Image.Image | None:
    """None for what Pillow cannot read or will not, for example an SVG or a picture of mad size."""
    try:
        with Image.open(path) as found:
            return found.convert("RGBA")
    except (OSError, Image.DecompressionBombError):
        return None


def _people(pen: ImageDraw.ImageDraw, people: str, left: int) -> None:
    face = font(36, is_bold=False)
    line = _fitting(people, WIDTH - MARGIN - left, face)
    pen.text((left, _people_top() + FACE / 2), line, font=face, fill="#ffffff", anchor="lm")


def _people_top() -> int:
    return HEIGHT - MARGIN - SMALL - 28 - FACE


def _small(pen: ImageDraw.ImageDraw, text: str, top: int, colour: str, taken: int = 0) -> None:
    face = font(SMALL, is_bold=False)
    line = _fitting(_plain(text), WIDTH - 2 * MARGIN - taken, face)
    pen.text((MARGIN, top), line, font=face, fill=colour)


def _fitting(text: str, width: float, face: Font) -> str:
    return "".join(shortened(broken(text, width, face.getlength), 1, width, face.getlength))


def _plain(text: str) -> str:
    """Without pictographs and marks for which the font has no drawing."""
    kept = (sign for sign in text if ord(sign) < 0x1F000 and unicodedata.category(sign) not in {"Cf", "Cn"})
    return " ".join("".join(kept).replace("️", "").split())
