"""What a stream should be, what it is, and the next step between them: values only, no clock, no database."""

from enum import StrEnum


class Desired(StrEnum):
    """What people ask for."""

    ABSENT = "absent"
    READY = "ready"
    RUNNING = "running"


class Observed(StrEnum):
    """What the last look found. `partial`: some of its parts are there and some are missing."""

    UNKNOWN = "unknown"
    ABSENT = "absent"
    PARTIAL = "partial"
    CHANGING = "changing"
    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    FAILED = "failed"


class Seen(StrEnum):
    """How one part of a stream was found. `stale`: there, but not as it should be."""

    ABSENT = "absent"
    MAKING = "making"
    READY = "ready"
    STALE = "stale"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    REMOVING = "removing"
    BROKEN = "broken"


class Step(StrEnum):
    """One idempotent call of the gateway."""

    CREATE = "create"
    START = "start"
    STOP = "stop"
    DELETE = "delete"
    WAIT = "wait"
    LOOK = "look"


_PLAN: dict[tuple[Desired, Observed], Step] = {
    (Desired.ABSENT, Observed.PARTIAL): Step.DELETE,
    (Desired.ABSENT, Observed.CHANGING): Step.WAIT,
    (Desired.ABSENT, Observed.STOPPED): Step.DELETE,
    (Desired.ABSENT, Observed.STARTING): Step.STOP,
    (Desired.ABSENT, Observed.RUNNING): Step.STOP,
    (Desired.ABSENT, Observed.STOPPING): Step.WAIT,
    (Desired.READY, Observed.ABSENT): Step.CREATE,
    (Desired.READY, Observed.PARTIAL): Step.CREATE,
    (Desired.READY, Observed.CHANGING): Step.WAIT,
    (Desired.READY, Observed.STARTING): Step.STOP,
    (Desired.READY, Observed.RUNNING): Step.STOP,
    (Desired.READY, Observed.STOPPING): Step.WAIT,
    (Desired.RUNNING, Observed.ABSENT): Step.CREATE,
    (Desired.RUNNING, Observed.PARTIAL): Step.CREATE,
    (Desired.RUNNING, Observed.CHANGING): Step.WAIT,
    (Desired.RUNNING, Observed.STOPPED): Step.START,
    (Desired.RUNNING, Observed.STARTING): Step.WAIT,
    (Desired.RUNNING, Observed.STOPPING): Step.WAIT,
}


def plan(desired: Desired, observed: Observed) -> Step | None:
    """The next step towards `desired`, or None at rest.

    An unknown state is looked at again, never acted on. A failed stream rests until a person asks again.
    """
    if observed is Observed.UNKNOWN:
        return Step.LOOK
    return _PLAN.get((desired, observed))
