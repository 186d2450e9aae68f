from streaming.models.automation import Automation
from streaming.models.duty import Duty, DutyLog
from streaming.models.on_air import OnAir, OnAirLog
from streaming.models.resource import EventMedia, MediaResource
from streaming.models.stream import Stream, StreamLog

__all__ = [
    "Automation",
    "Duty",
    "DutyLog",
    "EventMedia",
    "MediaResource",
    "OnAir",
    "OnAirLog",
    "Stream",
    "StreamLog",
]
