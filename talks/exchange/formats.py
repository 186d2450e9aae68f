"""Which format a file has, by its name and its first sign."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from talks.exchange import schedule_json, schedule_xml, sessionize, table
from talks.exchange.entry import Programme, Unreadable

READERS: dict[str, Callable[[bytes, ZoneInfo], Programme]] = {
    "schedule.json": schedule_json.read,
    "schedule.xml": schedule_xml.read,
    "sessionize": sessionize.read,
    "csv": table.read,
}
LARGEST = 20 * 1024 * 1024
UNSHAPELY = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def read_programme(content: bytes, name: str, zone: ZoneInfo) -> Programme:
    """What the file says; times without a zone are taken as `zone`. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 20 MB."))
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    try:
        return READERS[format_of(content, name)](content, zone)
    except UNSHAPELY:
        # The readers say of what people get wrong where it stands; this is for what no program writes.
        raise Unreadable(_("Its values do not have the shape that its format asks for.")) from None


def format_of(content: bytes, name: str) -> str:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        return "schedule.xml"
    if start in (b"{", b"["):
        return (
            "sessionize" if b'"sessions"' in content and b'"conference"' not in content else "schedule.json"
        )
    if name.casefold().endswith((".csv", ".txt", ".tsv")) or b"," in content:
        return "csv"
    raise Unreadable(_("It is none of schedule.json, schedule.xml, Sessionize JSON and CSV."))
