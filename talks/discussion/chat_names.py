"""The name under which somebody writes. Values alone, no query."""

import re
import unicodedata

from talks.discussion.chat_errors import NameRefused
from talks.discussion.models.chat_room import LONGEST_NAME

REFUSED = re.compile(r"@|://|www\.", re.IGNORECASE)


def tidy_name(text: str) -> str:
    """Without what cannot be seen. Raises NameRefused; an address is never a name."""
    name = "".join(sign for sign in unicodedata.normalize("NFC", text) if sign.isprintable())
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or REFUSED.search(name) or not fold(name):
        raise NameRefused
    return name


def fold(name: str) -> str:
    """As two names are compared: width, case, spaces and punctuation make no difference."""
    wide = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in wide if sign.isalnum())[: LONGEST_NAME * 3]
