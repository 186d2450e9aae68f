"""IVS records all that an encoder sends into our bucket; a cut copies the segments of a talk's window.

Copying needs no job at AWS: each look copies some of what is missing, the master playlist is written last.
So a worker may die anywhere, and the next look goes on where it was.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from streaming.media import playlists
from streaming.media.aws import NotFound, client, folded
from streaming.media.cutter import Cut, CutSpec, CutState
from streaming.media.gateway import GatewayPermanent

# About a quarter of a minute's work; the next look copies the next ones.
COPIES = 150
MASTER = "master.m3u8"


@dataclass(frozen=True)
class Raw:
    """One recording as IVS lays it down."""

    prefix: str
    began_at: datetime
    hls: dict[str, Any]

    @property
    def folder(self) -> str:
        return f"{self.prefix}{self.hls['path']}"

    @property
    def renditions(self) -> list[dict[str, Any]]:
        return list(self.hls["renditions"])


class IvsCutter:
    def __init__(self, copies: int = COPIES) -> None:
        self._s3 = client("s3")
        self._copies = copies

    def begin(self, spec: CutSpec) -> str:
        """Nothing is asked of AWS beforehand: finding the recording is the proof that there is one."""
        if self._raw(spec) is None:
            raise GatewayPermanent("IVS has no recording of this time in the bucket.", is_sure=True)
        return ""

    def look(self, spec: CutSpec) -> Cut:
        raw = self._raw(spec)
        if raw is None:
            return Cut(CutState.ABSENT)
        wanted, written = self._plan(spec, raw)
        if not wanted:
            return Cut(CutState.FAILED, error="No segment of the recording lies in this time.")
        there = set(self._keys(spec.bucket, f"{spec.folder}/"))
        missing = [(source, target) for source, target in wanted if target not in there]
        for source, target in missing[: self._copies]:
            self._copy(spec.bucket, source, target)
        if len(missing) > self._copies:
            return Cut(CutState.WORKING)
        return self._finish(spec, raw, written)

    def cancel(self, spec: CutSpec) -> None:
        """Without looks nothing more is copied."""
        return

    def _finish(self, spec: CutSpec, raw: Raw, written: dict[str, str]) -> Cut:
        for path, text in written.items():
            self._write(spec.bucket, path, text)
        path = f"{spec.folder}/{MASTER}"
        self._write(spec.bucket, path, self._read(spec.bucket, f"{raw.folder}/{raw.hls['playlist']}"))
        return Cut(CutState.DONE, path)

    def _plan(self, spec: CutSpec, raw: Raw) -> tuple[list[tuple[str, str]], dict[str, str]]:
        """What to copy from where to where, and the playlists to write."""
        copies, written = list[tuple[str, str]](), dict[str, str]()
        for one in raw.renditions:
            source, target = f"{raw.folder}/{one['path']}", f"{spec.folder}/{one['path']}"
            text = self._read(spec.bucket, f"{source}/{one['playlist']}")
            cut, names = playlists.cut(text, raw.began_at, spec.starts_at, spec.ends_at)
            copies += [(f"{source}/{name}", f"{target}/{name}") for name in names]
            written |= {f"{target}/{one['playlist']}": cut} if cut else {}
        return copies, written

    def _raw(self, spec: CutSpec) -> Raw | None:
        """The latest recording that had begun before the talk's middle."""
        middle = spec.starts_at + (spec.ends_at - spec.starts_at) / 2
        found = [self._started(spec.bucket, prefix) for prefix in self._prefixes(spec)]
        begun = [one for one in found if one is not None and one.began_at <= middle]
        return max(begun, key=lambda one: one.began_at, default=None)

    def _started(self, bucket: str, prefix: str) -> Raw | None:
        try:
            told = json.loads(self._read(bucket, f"{prefix}events/recording-started.json"))
        except NotFound:
            return None
        began_at = datetime.fromisoformat(told["recording_started_at"])
        return Raw(prefix, began_at, told["media"]["hls"])

    def _prefixes(self, spec: CutSpec) -> Iterator[str]:
        """Of two days: ivs/v1/<account>/<id>/<year>/<month>/<day>/<hour>/<minute>/<recording>/."""
        parts = spec.picture_arn.split(":")
        account, number = parts[4], parts[-1].rpartition("/")[2]
        for day in (spec.starts_at - timedelta(days=1), spec.starts_at):
            base = f"ivs/v1/{account}/{number}/{day.year}/{day.month}/{day.day}/"
            for hour in self._folders(spec.bucket, base):
                for minute in self._folders(spec.bucket, hour):
                    yield from self._folders(spec.bucket, minute)

    def _folders(self, bucket: str, prefix: str) -> list[str]:
        with folded():
            pages = self._s3.get_paginator("list_objects_v2").paginate(
                Bucket=bucket, Prefix=prefix, Delimiter="/"
            )
            return [str(one["Prefix"]) for page in pages for one in page.get("CommonPrefixes", [])]

    def _keys(self, bucket: str, prefix: str) -> list[str]:
        with folded():
            pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
            return [str(one["Key"]) for page in pages for one in page.get("Contents", [])]

    def _read(self, bucket: str, key: str) -> str:
        with folded():
            found: bytes = self._s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        return found.decode()

    def _write(self, bucket: str, key: str, text: str) -> None:
        with folded():
            self._s3.put_object(
                Bucket=bucket, Key=key, Body=text.encode(), ContentType="application/vnd.apple.mpegurl"
            )

    def _copy(self, bucket: str, source: str, target: str) -> None:
        with folded():
            self._s3.copy_object(Bucket=bucket, Key=target, CopySource={"Bucket": bucket, "Key": source})
