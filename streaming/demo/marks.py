"""The marks of the demo's sponsors: each draws into a square of `s` pixels with one colour."""

from collections.abc import Callable

from PIL.ImageDraw import ImageDraw

Mark = Callable[[ImageDraw, float, str], None]
CLEAR = (0, 0, 0, 0)


def buoy(pen: ImageDraw, s: float, colour: str) -> None:
    pen.polygon([(0.5 * s, 0.14 * s), (0.3 * s, 0.62 * s), (0.7 * s, 0.62 * s)], fill=colour)
    pen.rectangle((0.2 * s, 0.38 * s, 0.8 * s, 0.45 * s), fill=CLEAR)
    pen.rounded_rectangle((0.18 * s, 0.68 * s, 0.82 * s, 0.84 * s), radius=0.08 * s, fill=colour)


def leaves(pen: ImageDraw, s: float, colour: str) -> None:
    for x, top in ((0.3, 0.34), (0.5, 0.14), (0.7, 0.26)):
        pen.ellipse(((x - 0.08) * s, top * s, (x + 0.08) * s, 0.86 * s), fill=colour)
    pen.rectangle((0.1 * s, 0.74 * s, 0.9 * s, 0.78 * s), fill=CLEAR)


def knot(pen: ImageDraw, s: float, colour: str) -> None:
    width = round(0.09 * s)
    for left, top in ((0.16, 0.2), (0.4, 0.36)):
        pen.ellipse((left * s, top * s, (left + 0.44) * s, (top + 0.44) * s), outline=colour, width=width)


def sails(pen: ImageDraw, s: float, colour: str) -> None:
    pen.polygon([(0.46 * s, 0.14 * s), (0.46 * s, 0.68 * s), (0.16 * s, 0.68 * s)], fill=colour)
    pen.polygon([(0.54 * s, 0.26 * s), (0.54 * s, 0.68 * s), (0.82 * s, 0.68 * s)], fill=colour)
    pen.chord((0.16 * s, 0.5 * s, 0.84 * s, 0.9 * s), 10, 170, fill=colour)


def cape(pen: ImageDraw, s: float, colour: str) -> None:
    pen.polygon(
        [(0.14 * s, 0.84 * s), (0.42 * s, 0.24 * s), (0.58 * s, 0.56 * s), (0.42 * s, 0.84 * s)], fill=colour
    )
    pen.polygon([(0.5 * s, 0.84 * s), (0.68 * s, 0.46 * s), (0.88 * s, 0.84 * s)], fill=colour)


def arc(pen: ImageDraw, s: float, colour: str) -> None:
    pen.arc((0.12 * s, 0.02 * s, 0.88 * s, 0.78 * s), 30, 150, fill=colour, width=round(0.1 * s))
    for x in (0.22, 0.5, 0.78):
        pen.line((0.5 * s, 0.16 * s, x * s, 0.6 * s), fill=colour, width=round(0.055 * s))
    pen.rectangle((0.2 * s, 0.82 * s, 0.8 * s, 0.88 * s), fill=colour)


def waves(pen: ImageDraw, s: float, colour: str) -> None:
    for top in (0.2, 0.42, 0.64):
        for left, start in ((0.14, 180), (0.38, 0), (0.62, 180)):
            box = (left * s, top * s, (left + 0.265) * s, (top + 0.24) * s)
            pen.arc(box, start, start + 180, fill=colour, width=round(0.065 * s))


def posts(pen: ImageDraw, s: float, colour: str) -> None:
    for x in (0.3, 0.7):
        pen.rounded_rectangle(
            ((x - 0.15) * s, 0.2 * s, (x + 0.15) * s, 0.33 * s), radius=0.06 * s, fill=colour
        )
        pen.rectangle(((x - 0.09) * s, 0.3 * s, (x + 0.09) * s, 0.76 * s), fill=colour)
    pen.rounded_rectangle((0.12 * s, 0.76 * s, 0.88 * s, 0.86 * s), radius=0.04 * s, fill=colour)


def sunrise(pen: ImageDraw, s: float, colour: str) -> None:
    pen.pieslice((0.24 * s, 0.32 * s, 0.76 * s, 0.84 * s), 180, 360, fill=colour)
    for x, y in ((0.12, 0.42), (0.28, 0.2), (0.5, 0.1), (0.72, 0.2), (0.88, 0.42)):
        inner = (0.5 * s + (x - 0.5) * 0.82 * s, 0.58 * s + (y - 0.58) * 0.82 * s)
        pen.line((*inner, x * s, y * s), fill=colour, width=round(0.055 * s))
    for top, inset in ((0.64, 0.12), (0.76, 0.24)):
        pen.rounded_rectangle(
            (inset * s, top * s, (1 - inset) * s, (top + 0.06) * s), radius=0.03 * s, fill=colour
        )


MARKS: dict[str, Mark] = {
    drawing.__name__: drawing for drawing in (buoy, leaves, knot, sails, cape, arc, waves, posts, sunrise)
}
