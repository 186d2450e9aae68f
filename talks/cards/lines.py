"""Break a title into lines as a Japanese typesetter would: values only, widths come from a measure."""

import re
from collections.abc import Callable

# A run of Latin letters, digits and their signs stays whole; every other character may end a line.
PIECES = re.compile(r"[!-~À-ÿ]+|\s+|.", re.DOTALL)
NEVER_FIRST = "、。，．・：；？！…‥ー）」』】〉》］｝’”々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ)]}!?,.:;%"
NEVER_LAST = "（「『【〈《［｛‘“([{"

Measure = Callable[[str], float]


def broken(text: str, width: float, measure: Measure) -> list[str]:
    """Lines that are at most `width` wide; a word that is wider by itself is cut."""
    lines = [""]
    for piece in _units(text, width, measure):
        if measure((lines[-1] + piece).rstrip()) <= width:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return [line.strip() for line in lines if line.strip()]


def shortened(lines: list[str], most: int, width: float, measure: Measure) -> list[str]:
    """The first lines, the last of them with an ellipsis when more would follow."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measure(last + "…") > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + "…"]


def _units(text: str, width: float, measure: Measure) -> list[str]:
    """Pieces between which a line may break: marks hang on their neighbours."""
    units: list[str] = []
    for piece in PIECES.findall(" ".join(text.split())):
        hangs = units and (piece[0] in NEVER_FIRST or units[-1][-1] in NEVER_LAST)
        if hangs and measure(units[-1] + piece) <= width:
            units[-1] += piece
        else:
            units += _cut(piece, width, measure)
    return units


def _cut(piece: str, width: float, measure: Measure) -> list[str]:
    parts = [""]
    for sign in piece:
        if parts[-1] and measure(parts[-1] + sign) > width:
            parts.append("")
        parts[-1] += sign
    return parts
