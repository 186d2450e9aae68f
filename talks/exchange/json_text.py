"""JSON as a file has it."""

import json
from typing import Any

from django.utils.translation import gettext as _

from talks.exchange.entry import Unreadable


def read_json(content: bytes) -> Any:
    """What the file says. Raises Unreadable with the line that is wrong."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(_("It is not written in UTF-8.")) from None
    except json.JSONDecodeError as fault:
        text = _("Line %(line)s, column %(column)s: %(reason)s")
        raise Unreadable(text % {"line": fault.lineno, "column": fault.colno, "reason": fault.msg}) from None


def write_json(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
