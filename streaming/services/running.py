"""When streams ran: the base of what they cost."""

from django.db.models.functions import Now

from streaming.enums import GatewayName
from streaming.models import RunningTime, Stream
from streaming.states import Observed

PAID = {GatewayName.IVS, GatewayName.MEDIALIVE}
OVER = {Observed.ABSENT, Observed.PARTIAL, Observed.STOPPED}


def note_running(stream: Stream) -> None:
    """Open or close the stream's running time by what was seen; what is unknown changes nothing."""
    if stream.gateway not in PAID:
        return
    open_times = RunningTime.objects.filter(stream=stream, until=None)
    if stream.observed == Observed.RUNNING:
        # What is attached stays so while it runs.
        own = {"gateway": stream.gateway, "inputs": 1 + stream.has_backup, "since": Now()}
        RunningTime.objects.get_or_create(stream=stream, until=None, defaults=own)
    elif stream.observed in OVER:
        open_times.update(until=Now())
