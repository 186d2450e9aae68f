"""What the JSON API takes and gives."""

from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, model_validator


class CommandIn(Schema):
    """One command on one track (design: the control command)."""

    model_config = ConfigDict(extra="forbid")

    command: Literal["take", "card", "clear", "undo"]
    talk_id: int | None = None
    card: Literal["waiting", "break", "technical"] | None = None
    expected_revision: int = Field(ge=0, strict=True)
    idempotency_key: str = Field(min_length=1, max_length=80)

    @model_validator(mode="after")
    def has_its_target(self) -> "CommandIn":
        if (self.command == "take") != (self.talk_id is not None):
            raise ValueError("talk_id goes with take, and only with take")
        if (self.command == "card") != (self.card is not None):
            raise ValueError("card goes with card, and only with card")
        return self


class SeenIn(Schema):
    """One viewer's report: the switch to this revision was seen so many milliseconds ago."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Field(ge=1, strict=True)
    ago_ms: int = Field(ge=0, le=60_000, strict=True)


class CommandOut(Schema):
    track: dict[str, Any]


class RefusalOut(Schema):
    code: str
    track: dict[str, Any]


class MeOut(Schema):
    signed_in: bool
    name: str | None
    registered: bool
    can_watch: bool
    can_direct: bool
    ticket: str
