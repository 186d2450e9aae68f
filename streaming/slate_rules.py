"""When the automatic slate goes up and down: values only, no clock, no database.

A loss is one story: it ends when the picture has been back for some seconds. In one loss the slate gives way
to the first person who acts after it, whatever they do; what the timetable does is no person's act.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from streaming.enums import Card

STABLE = timedelta(seconds=5)


class Act(StrEnum):
    PUT_UP = "put_up"
    LIFT = "lift"


@dataclass(frozen=True)
class Scene:
    """A track with its automatic slate on. `is_ours`: the card that is up is the one the slate put up.

    `is_left`: a person has acted since the slate did, or was faster than it, in this loss.
    """

    is_lost: bool | None
    back_since: datetime | None
    has_talk: bool
    card: str
    is_ours: bool
    is_left: bool


def is_over(scene: Scene, now: datetime) -> bool:
    """Whether the picture is back, and not only for a moment."""
    return scene.is_lost is False and scene.back_since is not None and now - scene.back_since >= STABLE


def act(scene: Scene, now: datetime) -> Act | None:
    """What to do now. What is unknown does nothing."""
    if scene.is_lost and scene.has_talk and not scene.card and not scene.is_left:
        return Act.PUT_UP
    if scene.is_ours and scene.card == Card.TECHNICAL and is_over(scene, now) and not scene.is_left:
        return Act.LIFT
    return None
