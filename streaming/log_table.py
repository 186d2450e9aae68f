"""The control room's log as rows of a table, for spreadsheets. The columns stay: programs read them."""

from typing import Any

from dreamkast.lib.spreadsheet import harmless

Json = dict[str, Any]
# Addresses of people are not kept; the column is there for tools that expect it.
COLUMNS = [
    "at",
    "actor",
    "source",
    "ip",
    "track",
    "command",
    "from",
    "to",
    "expected_revision",
    "resulting_revision",
    "result",
    "latency_ms",
    "key",
]


def log_line(row: Json, tracks: dict[int, str]) -> dict[str, Any]:
    line = {
        "at": row["at"],
        "actor": _text(row["who"]),
        "source": row.get("source", "console"),
        "ip": "",
        "track": _text(tracks.get(row["track_id"])),
        "command": row.get("command") or row["what"],
        "from": _text(_before(row)),
        "to": _text(_after(row)),
        "expected_revision": _number(row.get("expected_revision")),
        "resulting_revision": _number(row.get("revision", row.get("present_revision"))),
        "result": row.get("code") or "done",
        "latency_ms": _number(row.get("latency_ms")),
        "key": _text(row.get("key")),
    }
    return line


def _before(row: Json) -> str | None:
    if row["what"] == "taken_over":
        return row["previous"]
    return row.get("before") if "before" in row else _shown(row.get("from"))


def _after(row: Json) -> str | None:
    if row["what"] in {"shifted", "unshifted"}:
        return f"#{row['talk_id']} {row['minutes']:+d} min, {row['scope']}, {row['talks']} talks"
    if "after" in row:
        return row["after"]
    if row.get("talk_id"):
        return f"#{row['talk_id']}"
    return row.get("reason") or _shown(row.get("to"))


def _shown(shown: Json | None) -> str | None:
    if shown is None:
        return None
    words = [f"#{shown['talk_id']} {shown['title']}" if shown["talk_id"] else "", shown["card"]]
    return " + ".join(word for word in words if word)


def _text(value: str | None) -> str:
    return harmless(value or "")


def _number(value: int | None) -> int | str:
    return "" if value is None else value
