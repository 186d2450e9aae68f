"""The local test picture: a dark card with the track's name and the wall clock, as arguments for ffmpeg.

The clock is read anew for every frame, so that a looping file can never pass for a live picture.
"""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from streaming.media.gateway import GatewayPermanent, StreamSpec

try:
    import imageio_ffmpeg
except ImportError:  # The wheel is big: it is installed only where the system has no ffmpeg.
    imageio_ffmpeg = None

FRAMES, SECONDS = 15, 2
FONTS = {"bold.ttf": "DejaVuSans-Bold.ttf", "mono.ttf": "DejaVuSansMono-Bold.ttf"}
ACCENTS = ["0x3fb8af", "0xe0a458", "0x8aa4e8", "0xd97a8c", "0x9cc069", "0xb78fd6"]
PITCHES = [220.0, 247.5, 275.0, 330.0, 366.7, 440.0]
LEFT, WIDTH = 44, 552


def command(spec: StreamSpec, folder: Path) -> list[str]:
    """Write the card's texts into `folder` and return the ffmpeg call to be run there.

    Texts and fonts are named by plain relative names: no address and no track name is ever escaped.
    """
    _write_texts(spec, folder)
    _link_fonts(folder)
    return [ffmpeg(), *_inputs(spec), *_encoders(), *_output()]


def ffmpeg() -> str:
    """The system's ffmpeg, else the one of the optional wheel."""
    found = shutil.which("ffmpeg")
    if found is None and imageio_ffmpeg is not None:
        found = str(imageio_ffmpeg.get_ffmpeg_exe())
    if found is None:
        raise GatewayPermanent("ffmpeg is not installed: there is no local test picture.")
    return found


def posix_zone(spec: StreamSpec) -> str:
    """The event's zone as POSIX writes it, which needs no zone files; fixed for the life of one ffmpeg."""
    minutes = _offset(spec) // 60
    sign = "-" if minutes >= 0 else "+"
    return f"<{_now(spec).tzname()}>{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02}"


def _now(spec: StreamSpec) -> datetime:
    return datetime.now(ZoneInfo(spec.zone))


def _offset(spec: StreamSpec) -> int:
    offset = _now(spec).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _write_texts(spec: StreamSpec, folder: Path) -> None:
    now = f"(time(0)+{_offset(spec)})"
    hours, minutes = f"mod(floor({now}/3600),24)", f"mod(floor({now}/60),60)"
    seconds, tenths = f"mod(floor({now}),60)", f"mod(floor({now}*10),10)"
    clock = f"%{{eif:{hours}:d:2}}\\:%{{eif:{minutes}:d:2}}\\:%{{eif:{seconds}:d:2}}.%{{eif:{tenths}:d:1}}"
    (folder / "track.txt").write_text(spec.track)
    (folder / "event.txt").write_text(spec.event)
    (folder / "clock.txt").write_text(clock)
    (folder / "date.txt").write_text("%{localtime:%Y-%m-%d}  %{localtime:%Z}")


def _link_fonts(folder: Path) -> None:
    for name, font in FONTS.items():
        link = folder / name
        link.unlink(missing_ok=True)
        link.symlink_to(settings.BASE_DIR / "static/vendor/dejavu" / font)


def _inputs(spec: StreamSpec) -> list[str]:
    tone = f"sine=frequency={PITCHES[spec.number % len(PITCHES)]}:sample_rate=48000,volume=0.2"
    live = ["-re", "-f", "lavfi", "-i"]
    quiet = ["-hide_banner", "-loglevel", "error", "-nostdin"]
    return [*quiet, *live, _picture(spec), *live, f"{tone},aformat=channel_layouts=stereo"]


def _picture(spec: StreamSpec) -> str:
    accent = ACCENTS[spec.number % len(ACCENTS)]
    size = min(58, int(WIDTH / (0.72 * max(1, len(spec.track)))))
    return ",".join(
        [
            f"color=c=0x10161a:s=640x360:r={FRAMES}",
            f"drawbox=x=0:y=0:w=12:h=ih:c={accent}:t=fill",
            _text("event.txt", "fontfile=bold.ttf", 18, "0x8b989f", 40, "none"),
            _text("track.txt", _font(spec.track), size, accent, 70, "none"),
            _text("clock.txt", "fontfile=mono.ttf", 90, "0xffffff", 160, "normal"),
            _text("date.txt", "fontfile=mono.ttf", 26, "0xc3ccd1", 258, "normal"),
            *(_step(number, accent) for number in range(10)),
        ]
    )


def _text(file: str, font: str, size: int, colour: str, top: int, expansion: str) -> str:
    place = f"fontsize={size}:fontcolor={colour}:x={LEFT}:y={top}"
    return f"drawtext={font}:textfile={file}:expansion={expansion}:{place}"


def _font(text: str) -> str:
    """The vendored font knows no Japanese: then the system's fonts are asked."""
    return "font=Noto Sans CJK JP" if any(ord(letter) > 0x2E7F for letter in text) else "fontfile=bold.ttf"


def _step(number: int, accent: str) -> str:
    """One of ten marks that light up one by one, second by second."""
    place = f"x={LEFT + number * 56}:y=318:w=48:h=6"
    return f"drawbox={place}:c={accent}:t=fill:enable='gte(mod(time(0),10),{number})'"


def _encoders() -> list[str]:
    group = str(FRAMES * SECONDS)
    return [
        *("-map", "0:v", "-map", "1:a", "-map", "1:a"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-threads", "1"),
        *("-g", group, "-keyint_min", group, "-sc_threshold", "0", "-bf", "0", "-pix_fmt", "yuv420p"),
        *("-b:v", "400k", "-maxrate", "400k", "-bufsize", "800k"),
        *("-c:a", "aac", "-b:a", "48k"),
    ]


def _output() -> list[str]:
    """Two variants: picture with sound, and the sound alone.

    Segments are numbered from the time of the start: a restarted stream never repeats a name.
    """
    flags = "delete_segments+independent_segments+program_date_time+omit_endlist+temp_file+discont_start"
    return [
        *("-f", "hls", "-hls_time", str(SECONDS), "-hls_list_size", "6", "-hls_flags", flags),
        *("-hls_start_number_source", "epoch", "-hls_segment_filename", "%v-%d.ts"),
        *("-master_pl_name", "master.m3u8", "-var_stream_map", "v:0,a:0,name:video a:1,name:audio"),
        "%v.m3u8",
    ]
