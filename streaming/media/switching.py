"""MediaLive's schedule: what a running encoder takes its picture from, now and later."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Protocol

from streaming.media.aws import client, folded
from streaming.media.encoders import ENCODER
from streaming.states import Seen


@dataclass(frozen=True)
class Desk:
    """What an encoder tells of itself: its state, the active input, and the action that chose it."""

    seen: Seen
    active: str = ""
    action: str = ""


class Switcher(Protocol):
    """Raises GatewayError. Actions have names that are used once: a repeated call switches nothing twice."""

    def switch(self, encoder_id: str, name: str, to: str, at: datetime | None) -> str:
        """Write the switch into the schedule, to happen at once without a time; returns the request's id."""
        ...

    def look(self, encoder_id: str) -> Desk: ...

    def scheduled(self, encoder_id: str) -> set[str]:
        """The names of all actions in the schedule, past ones included."""
        ...

    def drop(self, encoder_id: str, names: list[str]) -> None: ...


class AwsSwitcher:
    def __init__(self) -> None:
        # Two attempts: a switch that waits longer in here would come as a surprise.
        self._medialive = client("medialive", attempts=2)

    def switch(self, encoder_id: str, name: str, to: str, at: datetime | None) -> str:
        action = {
            "ActionName": name,
            "ScheduleActionSettings": {"InputSwitchSettings": {"InputAttachmentNameReference": to}},
            "ScheduleActionStartSettings": _start(at),
        }
        with folded():
            answer = self._medialive.batch_update_schedule(
                ChannelId=encoder_id, Creates={"ScheduleActions": [action]}
            )
        return str(answer["ResponseMetadata"].get("RequestId", ""))

    def look(self, encoder_id: str) -> Desk:
        with folded():
            found = self._medialive.describe_channel(ChannelId=encoder_id)
        # One pipeline (encoders: SINGLE_PIPELINE), so there is one answer.
        pipeline: dict[str, Any] = next(iter(found.get("PipelineDetails", [])), {})
        return Desk(
            ENCODER.get(found["State"], Seen.MAKING),
            str(pipeline.get("ActiveInputAttachmentName", "")),
            str(pipeline.get("ActiveInputSwitchActionName", "")),
        )

    def scheduled(self, encoder_id: str) -> set[str]:
        with folded():
            pages = self._medialive.get_paginator("describe_schedule").paginate(ChannelId=encoder_id)
            return {str(one["ActionName"]) for page in pages for one in page.get("ScheduleActions", [])}

    def drop(self, encoder_id: str, names: list[str]) -> None:
        with folded():
            self._medialive.batch_update_schedule(ChannelId=encoder_id, Deletes={"ActionNames": names})


@cache
def aws_switcher() -> Switcher:
    """The one of this process: making a client takes a second."""
    return AwsSwitcher()


def _start(at: datetime | None) -> dict[str, Any]:
    if at is None:
        return {"ImmediateModeScheduleActionStartSettings": {}}
    time = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"FixedModeScheduleActionStartSettings": {"Time": time}}
