from streaming.models.duty import Duty
from streaming.models.on_air import OnAir, OnAirLog
from streaming.models.stream import Stream, StreamLog

__all__ = ["Duty", "OnAir", "OnAirLog", "Stream", "StreamLog"]
