"""What a stream should be, what it is, and the next step between them: values only, no clock, no database."""

from enum import StrEnum


class Desired(StrEnum):
    """What people ask for."""

    ABSENT = "absent"
    READY = "ready"
    RUNNING = "running"


class Observed(StrEnum):
    """What the last look found."""

    UNKNOWN = "unknown"
    ABSENT = "absent"
    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    FAILED = "failed"


class Step(StrEnum):
    """One idempotent call of the gateway."""

    CREATE = "create"
    START = "start"
    STOP = "stop"
    DELETE = "delete"
    WAIT = "wait"
    LOOK = "look"


_PLAN: dict[tuple[Desired, Observed], Step] = {
    (Desired.ABSENT, Observed.STOPPED): Step.DELETE,
    (Desired.ABSENT, Observed.STARTING): Step.STOP,
    (Desired.ABSENT, Observed.RUNNING): Step.STOP,
    (Desired.ABSENT, Observed.STOPPING): Step.WAIT,
    (Desired.READY, Observed.ABSENT): Step.CREATE,
    (Desired.READY, Observed.STARTING): Step.STOP,
    (Desired.READY, Observed.RUNNING): Step.STOP,
    (Desired.READY, Observed.STOPPING): Step.WAIT,
    (Desired.RUNNING, Observed.ABSENT): Step.CREATE,
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
