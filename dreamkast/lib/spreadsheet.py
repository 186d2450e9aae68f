"""Texts of people in files that spreadsheets open."""

import re

# A spreadsheet takes a text with one of these in front for a formula; the wide ones count in Japanese ones.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
# XML has no place for them.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def harmless(text: str) -> str:
    """The text, and never a formula."""
    clean = CONTROLS.sub("", text)
    return f"'{clean}" if FORMULA.match(clean) else clean
