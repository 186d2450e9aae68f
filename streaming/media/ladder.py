"""What MediaLive is told: one table of renditions, and the request that follows from it.

The ladder comes from the setting DREAMKAST_LADDER. Slides and faces need few bits: Full HD at 3.5 Mbit/s
reads well, 480p at 0.8 still shows a terminal to somebody on a train.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

FRAMES_PER_SECOND = 30
# IVS and MediaPackage cut segments at key frames: 2 s is what IVS asks for its low latency.
KEY_FRAME_SECONDS = 2
# Of 10: 7 is visually lossless for talks, and QVBR stays below the ladder's rate where little moves.
QUALITY = 7
AUDIO_BITS, AUDIO_HERTZ = 96_000, 48_000
# A broken line is tried again: ten times, a second apart, then from the start after a pause.
RETRIES, RETRY_SECONDS, RESTART_SECONDS = 10, 1, 15
# Of the low-latency endpoint: what a player may hold, and how far back a late one may start.
LIVE_WINDOW_SECONDS, LIVE_STARTOVER_SECONDS, SEGMENT_SECONDS = 30, 60, 2
STARTOVER_MANIFEST_SECONDS = 900
MEDIALIVE_INPUT = {"Codec": "AVC", "Resolution": "HD", "MaximumBitrate": "MAX_20_MBPS"}


@dataclass(frozen=True)
class Rendition:
    """Height in lines, and the most bits a second that it takes."""

    height: int
    bits: int

    @property
    def width(self) -> int:
        """16:9, rounded to the even number that H.264 wants."""
        return round(self.height * 16 / 9 / 2) * 2

    @property
    def name(self) -> str:
        return f"{self.height}p"


def ladder() -> list[Rendition]:
    """From the best to the smallest."""
    return [Rendition(height, kilobits * 1000) for height, kilobits in settings.MEDIA_LADDER]


def encoder_settings() -> dict[str, Any]:
    """Each rendition is encoded once; IVS gets the best one, MediaPackage all of them."""
    return {
        "TimecodeConfig": {"Source": "EMBEDDED"},
        "AudioDescriptions": [_audio()],
        "VideoDescriptions": [_video(rendition) for rendition in ladder()],
        "OutputGroups": [_to_ivs(ladder()[0]), _to_package(ladder())],
    }


def _audio() -> dict[str, Any]:
    aac = {
        "Bitrate": AUDIO_BITS,
        "SampleRate": AUDIO_HERTZ,
        "CodingMode": "CODING_MODE_2_0",
        "Profile": "LC",
        "RateControlMode": "CBR",
        "RawFormat": "NONE",
        "Spec": "MPEG4",
        "InputType": "NORMAL",
    }
    return {"Name": "aac", "AudioSelectorName": "default", "CodecSettings": {"AacSettings": aac}}


def _video(rendition: Rendition) -> dict[str, Any]:
    h264 = {
        "Profile": "HIGH",
        "Level": "H264_LEVEL_AUTO",
        "EntropyEncoding": "CABAC",
        "RateControlMode": "QVBR",
        "QvbrQualityLevel": QUALITY,
        "MaxBitrate": rendition.bits,
        "FramerateControl": "SPECIFIED",
        "FramerateNumerator": FRAMES_PER_SECOND,
        "FramerateDenominator": 1,
        "ScanType": "PROGRESSIVE",
        "GopSize": KEY_FRAME_SECONDS,
        "GopSizeUnits": "SECONDS",
        "GopClosedCadence": 1,
        "GopNumBFrames": 2,
        "GopBReference": "ENABLED",
        "NumRefFrames": 3,
        "LookAheadRateControl": "HIGH",
        "AdaptiveQuantization": "HIGH",
        "SceneChangeDetect": "ENABLED",
        "ColorMetadata": "INSERT",
    }
    return {
        "Name": rendition.name,
        "Width": rendition.width,
        "Height": rendition.height,
        "ScalingBehavior": "DEFAULT",
        "RespondToAfd": "NONE",
        "CodecSettings": {"H264Settings": h264},
    }


def _to_ivs(best: Rendition) -> dict[str, Any]:
    output = {
        "OutputName": "ivs",
        "VideoDescriptionName": best.name,
        "AudioDescriptionNames": ["aac"],
        "OutputSettings": {
            "RtmpOutputSettings": {
                "Destination": {"DestinationRefId": "ivs"},
                "ConnectionRetryInterval": RETRY_SECONDS,
                "NumRetries": RETRIES,
            }
        },
    }
    group = {"InputLossAction": "EMIT_OUTPUT", "RestartDelay": RESTART_SECONDS}
    return {"Name": "ivs", "OutputGroupSettings": {"RtmpGroupSettings": group}, "Outputs": [output]}


def _to_package(renditions: list[Rendition]) -> dict[str, Any]:
    """CMAF ingest wants each picture and the sound in an output of its own."""
    pictures = [_packaged(one.name, VideoDescriptionName=one.name) for one in renditions]
    sound = _packaged("aac", AudioDescriptionNames=["aac"])
    group = {
        "Destination": {"DestinationRefId": "package"},
        "MediapackageV2GroupSettings": {
            "SegmentLength": SEGMENT_SECONDS,
            "SegmentLengthUnits": "SECONDS",
            "Id3Behavior": "ENABLED",
        },
    }
    settings_of_group = {"MediaPackageGroupSettings": group}
    return {"Name": "package", "OutputGroupSettings": settings_of_group, "Outputs": [*pictures, sound]}


def _packaged(name: str, **source: Any) -> dict[str, Any]:
    audio = {"AudioGroupId": "sound", "AudioRenditionSets": "sound"}
    into = {"MediaPackageOutputSettings": {"MediaPackageV2DestinationSettings": audio}}
    return {"OutputName": f"package_{name}", "OutputSettings": into, **source}
