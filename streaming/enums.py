from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# How long the last change of a track can be taken back.
UNDO_SECONDS = 30


class Card(models.TextChoices):
    WAITING = "waiting", _("waiting")
    BREAK = "break", _("break")
    TECHNICAL = "technical", _("technical")


class Command(models.TextChoices):
    TAKE = "take", _("take")
    CARD = "card", _("card")
    CLEAR = "clear", _("clear")
    UNDO = "undo", _("undo")


class Source(models.TextChoices):
    CONSOLE = "console", _("control room")
    API = "api", _("API")
    COMMAND = "command", _("command line")
    AUTOMATION = "automation", _("automation")
    HEALTH = "health", _("stream health")
    SEED = "seed", _("demo")


# Whose commands are no person's act: the timetable goes on after a slate, and the slate after the timetable.
MACHINES = [Source.AUTOMATION, Source.HEALTH]


class PlaybackKind(models.TextChoices):
    HLS = "hls", "HLS"
    YOUTUBE = "youtube", "YouTube"
    VIMEO = "vimeo", "Vimeo"
    NONE = "none", _("none")


class GatewayName(models.TextChoices):
    LOCAL = "local", _("this machine")
    IVS = "ivs", "Amazon IVS"
    MEDIALIVE = "medialive", "AWS MediaLive"
    EMBED = "embed", _("an address elsewhere")


class Part(models.TextChoices):
    """What a stream of the cloud is made of, in the order of its making."""

    PICTURE = "picture", _("low-latency picture (IVS)")
    GROUP = "group", _("package group")
    PACKAGE = "package", _("package")
    LIVE = "live", _("live endpoint")
    LIVE_POLICY = "live_policy", _("access to the live endpoint")
    ARCHIVE = "archive", _("start-over endpoint")
    ARCHIVE_POLICY = "archive_policy", _("access to the start-over endpoint")
    FENCE = "fence", _("list of the encoders' addresses")
    INPUT = "input", _("input for the encoder")
    BACKUP = "backup", _("second input, for a backup")
    SLATE = "slate", _("slate (a file)")
    ENCODER = "encoder", _("encoder in the cloud (MediaLive)")


class Attachment(models.TextChoices):
    """What an encoder in the cloud may take its picture from; the names that MediaLive knows."""

    STUDIO = "studio", pgettext_lazy("input", "studio")
    BACKUP = "backup", pgettext_lazy("input", "backup")
    SLATE = "slate", pgettext_lazy("input", "slate")


class InputSwitchState(models.TextChoices):
    """How far a switch has come; `passed`: a later one followed before anybody saw it take effect."""

    ASKED = "asked", pgettext_lazy("input switch", "asked for")
    ACCEPTED = "accepted", pgettext_lazy("input switch", "accepted")
    EFFECTIVE = "effective", pgettext_lazy("input switch", "effective")
    PASSED = "passed", pgettext_lazy("input switch", "overtaken")
    FAILED = "failed", pgettext_lazy("input switch", "failed")
    CANCELLED = "cancelled", pgettext_lazy("input switch", "cancelled")


class InputSwitchFault(models.TextChoices):
    NONE = "", _("none")
    STOPPED = "stopped", _("the encoder does not run")
    LATE = "late", _("it did not reach MediaLive in time")
    REFUSED = "refused", _("MediaLive refused it")
    UNSEEN = "unseen", _("MediaLive took it and shows another input")
    NOT_CANCELLED = "not_cancelled", _("it was too late to cancel it")


class FaultKind(models.TextChoices):
    """What a person has to change before the cloud does what it was asked."""

    NONE = "", _("none")
    PERMISSION = "permission", _("a permission is missing")
    QUOTA = "quota", _("a quota is used up")
    OTHER = "other", _("refused")


class PictureHealth(models.TextChoices):
    """How well the picture reaches the service that passes it on."""

    HEALTHY = "healthy", _("healthy")
    STARVING = "starving", _("starving")
    UNKNOWN = "unknown", _("unknown")


class DutyStep(models.TextChoices):
    ON_DUTY = "on_duty", _("went on duty")
    OFF_DUTY = "off_duty", _("left duty")
    LOCKED = "locked", _("locked the track")
    UNLOCKED = "unlocked", _("unlocked the track")
    TAKEN_OVER = "taken_over", _("took over the lock")
    ARMED = "armed", _("armed the automation")
    HELD = "held", _("held the automation")
    DISARMED = "disarmed", _("disarmed the automation")
    SLATE_ON = "slate_on", _("switched the automatic slate on")
    SLATE_OFF = "slate_off", _("switched the automatic slate off")
    SPEAKER_HERE = "speaker_here", _("saw the speakers of a talk")
    SPEAKER_AWAY = "speaker_away", _("took back that the speakers are there")


class HookKind(models.TextChoices):
    """What a webhook tells of."""

    DUE = "talk.due", _("a talk is due")
    ON_AIR = "on_air.changed", _("on air")
    HEALTH = "health.changed", _("picture")
    ANNOUNCEMENT = "announcement.changed", _("announcement")
    TEST = "test", pgettext_lazy("webhook", "test")


class MarkState(models.TextChoices):
    """What became of the note about a switch that goes into the picture."""

    WAITING = "waiting", _("waiting")
    WRITTEN = "written", _("written")
    NOT_SUPPORTED = "not_supported", _("not supported")
    NO_PICTURE = "no_picture", _("no picture")
    SUPERSEDED = "superseded", _("overtaken by a newer switch")
    FAILED = "failed", _("failed")


class OverrideVerb(models.TextChoices):
    """What a do-not-stream talk is kept from, unless two people say otherwise."""

    AIR = "air", _("put on air")
    HARVEST = "harvest", _("cut the recording")
    EXPORT = "export", _("export the video's address")


class AttemptOutcome(models.TextChoices):
    REFUSED = "refused", _("refused")
    ASKED = "asked", _("override asked for")
    CONFIRMED = "confirmed", _("override confirmed")
    WITHDRAWN = "withdrawn", _("override withdrawn")
    USED = "used", _("override used")


def attempt_sources() -> list[tuple[str, object]]:
    """Where an attempt came from: as commands do, or from a page of the administration."""
    return [*Source.choices, ("admin", _("administration"))]


class RecordingState(models.TextChoices):
    """How far the cut of a talk's recording has come."""

    PROPOSED = "proposed", pgettext_lazy("recording", "proposed")
    WANTED = "wanted", pgettext_lazy("recording", "asked for")
    WORKING = "working", pgettext_lazy("recording", "being cut")
    DONE = "done", pgettext_lazy("recording", "cut")
    FAILED = "failed", pgettext_lazy("recording", "failed")
    GIVEN_UP = "given_up", pgettext_lazy("recording", "given up")
    DROPPED = "dropped", pgettext_lazy("recording", "dropped")


class RecordingSource(models.TextChoices):
    """What a recording is cut from."""

    HARVEST = "harvest", "AWS MediaPackage"
    IVS = "ivs", "Amazon IVS"
    LOCAL = "local", _("this machine")
