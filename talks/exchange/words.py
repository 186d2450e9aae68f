"""Values as other programs write them, turned into ours."""

import re
import zoneinfo
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from markdownify import markdownify

from talks.enums import Difficulty, TalkKind, TalkLanguage

_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|code|div|em|h[1-6]|i|li|ol|p|pre|span|strong|u|ul)(?:\s[^<>]*)?/?>", re.I
)
_DURATION = re.compile(r"(\d{1,3}):(\d{2})(?::\d{2})?")
YES = {"1", "true", "yes", "y", "x", "on", "はい", "○"}

KINDS = {
    TalkKind.KEYNOTE: ("keynote", "基調講演"),
    TalkKind.SPONSOR: ("sponsor", "スポンサー"),
    TalkKind.BREAK: ("break", "pause", "lunch", "coffee", "service", "休憩", "昼食"),
}
LEVELS = {
    Difficulty.BEGINNER: ("beginner", "introduct", "basic", "初級", "初心者", "入門"),
    Difficulty.INTERMEDIATE: ("intermediate", "medium", "中級"),
    Difficulty.ADVANCED: ("advanced", "expert", "上級"),
}


# What no database, XML or terminal takes: control characters but tab and line breaks, halves of characters.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A time outside is a slip of somebody's fingers, and too near to the ends of the calendar to reckon with.
YEARS = range(1990, 2200)


def text_of(value: object) -> str:
    return _UNPRINTABLE.sub("", str(value if value is not None else ""))


def plain(value: object) -> str:
    """Text on one line."""
    return " ".join(text_of(value).split())


def prose(value: object) -> str:
    """Text of several paragraphs, as Markdown. HTML is rewritten; other text stays as it is."""
    text = text_of(value).replace("\r\n", "\n").strip()
    if _TAG.search(text):
        text = markdownify(text, heading_style="ATX", bullets="-", strip=["img", "script", "style"])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip()


def is_yes(value: object) -> bool:
    return str(value if value is not None else "").strip().casefold() in YES


def kind_of(value: object) -> str:
    return _first_match(str(value or ""), KINDS) or TalkKind.TALK


def level_of(value: object) -> str:
    return _first_match(str(value or ""), LEVELS)


def language_of(value: object) -> str:
    """`ja` or `en`; empty when the text names another language or none."""
    text = str(value or "").strip().casefold()
    if text.startswith(("ja", "日本", "jp")):
        return TalkLanguage.JA
    return TalkLanguage.EN if text.startswith(("en", "英")) else ""


def minutes_of(value: object) -> int:
    """Minutes of `1:30`, `01:30:00` or `90`. Raises ValueError when it is no length."""
    text = str(value if value is not None else "").strip()
    if found := _DURATION.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    return int(text)


def moment_of(value: object, zone: tzinfo) -> datetime:
    """A time with its own offset, or in `zone` when it has none. Raises ValueError when it is no time."""
    moment = datetime.fromisoformat(str(value).strip())
    if moment.year not in YEARS:
        raise ValueError
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def day_of(text: object) -> date:
    """Raises ValueError when it is no day of our times."""
    day = date.fromisoformat(str(text).strip()[:10])
    if day.year not in YEARS:
        raise ValueError
    return day


def at_clock(day: date, clock: str, zone: tzinfo) -> datetime:
    """`25:30` is half past one in the night after the day."""
    hours, minutes = (int(part) for part in clock.strip().split(":")[:2])
    if not (0 <= hours < 48 and 0 <= minutes < 60):
        raise ValueError
    return datetime.combine(day, time(), zone) + timedelta(hours=hours, minutes=minutes)


def zone_of(name: object) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(str(name)) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def hours_and_minutes(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _first_match(text: str, words: dict[Any, tuple[str, ...]]) -> str:
    lowered = text.casefold()
    return next((str(key) for key, parts in words.items() if any(part in lowered for part in parts)), "")
