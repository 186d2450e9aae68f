"""MediaPackage v2 cuts a talk out of the start-over endpoint into our bucket: a harvest job per round."""

from typing import Any

from streaming.enums import Part
from streaming.media.aws import Conflict, NotFound, client, folded
from streaming.media.cutter import Cut, CutSpec, CutState
from streaming.media.packages import ENDPOINTS

MANIFEST = "index"
STATES = {
    "QUEUED": CutState.WORKING,
    "IN_PROGRESS": CutState.WORKING,
    "COMPLETED": CutState.DONE,
    "CANCELLED": CutState.FAILED,
    "FAILED": CutState.FAILED,
}


class HarvestCutter:
    def __init__(self) -> None:
        self._packages = client("mediapackagev2")

    def begin(self, spec: CutSpec) -> str:
        """A job of this name that is there already: whoever asked for it died before writing that down."""
        try:
            return self._create(spec)
        except Conflict:
            if self.look(spec).state is CutState.ABSENT:
                raise
            return ""

    def look(self, spec: CutSpec) -> Cut:
        try:
            with folded():
                job = self._packages.get_harvest_job(**_names(spec))
        except NotFound:
            return Cut(CutState.ABSENT)
        path = job["Destination"]["S3Destination"]["DestinationPath"]
        return Cut(STATES[job["Status"]], f"{path}/{MANIFEST}.m3u8", job.get("ErrorMessage", ""))

    def cancel(self, spec: CutSpec) -> None:
        if self.look(spec).state is not CutState.WORKING:
            return
        try:
            with folded():
                self._packages.cancel_harvest_job(**_names(spec))
        except NotFound:
            return

    def _create(self, spec: CutSpec) -> str:
        place = {"BucketName": spec.bucket, "DestinationPath": spec.folder}
        with folded():
            answer: dict[str, Any] = self._packages.create_harvest_job(
                **_names(spec),
                HarvestedManifests={"HlsManifests": [{"ManifestName": MANIFEST}]},
                ScheduleConfiguration={"StartTime": spec.starts_at, "EndTime": spec.ends_at},
                Destination={"S3Destination": place},
                ClientToken=spec.token,
                Tags=dict(spec.tags),
            )
        return str(answer["ResponseMetadata"].get("RequestId", ""))


def _names(spec: CutSpec) -> dict[str, str]:
    return {
        "ChannelGroupName": spec.shared_name,
        "ChannelName": spec.stream_name,
        "OriginEndpointName": ENDPOINTS[Part.ARCHIVE],
        "HarvestJobName": spec.name,
    }
