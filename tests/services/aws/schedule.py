"""The schedule of one encoder, with MediaLive's rules: unique names, known attachments, 15 s of notice."""

from datetime import UTC, datetime, timedelta

from tests.services.aws.refused import Refused, Row

NOTICE, FARTHEST, MOST = timedelta(seconds=15), timedelta(days=14), 40
WORKING = {"STARTING", "RUNNING", "RECOVERING"}


def update_schedule(encoder: Row, given: Row, now: datetime) -> Row:
    """All of it or nothing; deletes come first."""
    names = given.get("Deletes", {}).get("ActionNames", [])
    actions = given.get("Creates", {}).get("ScheduleActions", [])
    left = _without(encoder, names, now)
    for action in actions:
        _check(encoder, left, action, now)
        left = [*left, action | {"_at": _time_of(action, now)}]
    if len(left) > MOST:
        raise _unprocessable("The schedule is full.")
    encoder["_schedule"] = left
    return {
        "Creates": {"ScheduleActions": actions},
        "Deletes": {"ScheduleActions": [{"ActionName": name} | _NOTHING for name in names]},
    }


# The answer echoes what was deleted; its settings do not matter to anybody.
_NOTHING: Row = {"ScheduleActionSettings": {}, "ScheduleActionStartSettings": {}}


def shown_schedule(encoder: Row) -> list[Row]:
    rows = encoder.get("_schedule", [])
    return [{name: value for name, value in row.items() if not name.startswith("_")} for row in rows]


def empty_schedule(encoder: Row) -> Row:
    """A running encoder keeps the action that chose its input."""
    active = _active(encoder, datetime.max.replace(tzinfo=UTC)) if encoder["State"] == "RUNNING" else None
    encoder["_schedule"] = [active] if active else []
    return {}


def pipelines_of(encoder: Row, now: datetime) -> list[Row]:
    """One pipeline, so an immediate switch takes effect at once. Without a switch it is the first input."""
    if encoder["State"] != "RUNNING":
        return []
    told = {"PipelineId": "0", "ActiveInputAttachmentName": _first(encoder)}
    active = _active(encoder, now)
    if active:
        told["ActiveInputAttachmentName"] = _target(active)
        told["ActiveInputSwitchActionName"] = active["ActionName"]
    return [told]


def _check(encoder: Row, left: list[Row], action: Row, now: datetime) -> None:
    name, start = action["ActionName"], action["ScheduleActionStartSettings"]
    if name in {row["ActionName"] for row in left}:
        raise _unprocessable(f"Action {name} already exists in the schedule.")
    if _target(action) not in {one["InputAttachmentName"] for one in encoder["InputAttachments"]}:
        raise _unprocessable(f"No input attachment is called {_target(action)}.")
    if "ImmediateModeScheduleActionStartSettings" in start and encoder["State"] not in WORKING:
        raise _unprocessable("Immediate actions need a running channel.")
    fixed = "FixedModeScheduleActionStartSettings" in start
    if fixed and not now + NOTICE <= _time_of(action, now) <= now + FARTHEST:
        raise _unprocessable("A fixed time must be at least 15 seconds and at most 14 days ahead.")
    if fixed and any(row["_at"] == _time_of(action, now) for row in left):
        raise _unprocessable("Two input switches cannot start at the same time.")


def _without(encoder: Row, names: list[str], now: datetime) -> list[Row]:
    rows = encoder.get("_schedule", [])
    unknown = set(names) - {row["ActionName"] for row in rows}
    if unknown:
        raise _unprocessable(f"No such actions: {sorted(unknown)}.")
    active = _active(encoder, now)
    if active and active["ActionName"] in names and encoder["State"] in WORKING:
        raise _unprocessable("The active input switch cannot be deleted.")
    handed_over = [row for row in rows if row["ActionName"] in names and now < row["_at"] < now + NOTICE]
    if handed_over:
        raise _unprocessable("It is too late to delete what starts within 15 seconds.")
    return [row for row in rows if row["ActionName"] not in names]


def _active(encoder: Row, now: datetime) -> Row | None:
    past = [row for row in encoder.get("_schedule", []) if row["_at"] <= now]
    return max(past, key=lambda row: row["_at"], default=None)


def _time_of(action: Row, now: datetime) -> datetime:
    fixed = action["ScheduleActionStartSettings"].get("FixedModeScheduleActionStartSettings")
    return datetime.fromisoformat(fixed["Time"]) if fixed else now


def _target(action: Row) -> str:
    return str(action["ScheduleActionSettings"]["InputSwitchSettings"]["InputAttachmentNameReference"])


def _first(encoder: Row) -> str:
    return str(encoder["InputAttachments"][0]["InputAttachmentName"])


def _unprocessable(message: str) -> Refused:
    return Refused("UnprocessableEntityException", message)
