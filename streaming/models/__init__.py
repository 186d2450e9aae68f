from streaming.models.audience import AudienceSample, WatchTime
from streaming.models.automation import Automation
from streaming.models.duty import Duty, DutyLog
from streaming.models.health import AutomaticSlate, StreamHealth
from streaming.models.input_switch import InputSwitch
from streaming.models.on_air import OnAir, OnAirLog
from streaming.models.override import AttemptLog, Override
from streaming.models.recording import Recording
from streaming.models.refused import RefusedCommand
from streaming.models.resource import EventMedia, MediaResource
from streaming.models.running import RunningTime
from streaming.models.shift import Shift
from streaming.models.stream import Stream, StreamLog
from streaming.models.sweep import Sweep, SweepFinding
from streaming.models.switch_times import SwitchTimes
from streaming.models.wall_link import WallLink
from streaming.models.webhook import Webhook, WebhookDelivery

__all__ = [
    "AttemptLog",
    "AudienceSample",
    "AutomaticSlate",
    "Automation",
    "Duty",
    "DutyLog",
    "EventMedia",
    "InputSwitch",
    "MediaResource",
    "OnAir",
    "OnAirLog",
    "Override",
    "Recording",
    "RefusedCommand",
    "RunningTime",
    "Shift",
    "Stream",
    "StreamHealth",
    "StreamLog",
    "Sweep",
    "SweepFinding",
    "SwitchTimes",
    "WallLink",
    "WatchTime",
    "Webhook",
    "WebhookDelivery",
]
