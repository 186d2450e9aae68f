"""Three media services in memory, as strict as AWS: states take time, parents keep their children.

All of it is our own: moto answers deletes that AWS refuses, and knows no keys, endpoints or security groups.
"""

import itertools
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.services.aws.refused import Refused, Row
from tests.services.aws.schedule import empty_schedule, pipelines_of, shown_schedule, update_schedule

REGION, ACCOUNT = "ap-northeast-1", "123456789012"
KINDS = ("picture", "key", "fence", "input", "encoder", "group", "package", "endpoint", "harvest")


class Cloud:
    """`seconds` is how long each change of state takes, `list_lag` how long lists miss what is new."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        self.rows: dict[str, dict[str, Row]] = {kind: {} for kind in KINDS}
        self.seconds, self.list_lag, self.quotas = 0.0, 0.0, dict[str, int]()
        self.ahead = 0.0
        self.tokens: dict[str, str] = {}
        # How harvest jobs end.
        self.harvest_end = "COMPLETED"
        self.metadata: list[Row] = []
        self.metadata_calls: list[tuple[float, str]] = []
        # What the services report: of an encoder its alerts by id, of a picture what differs from a good one.
        self.alerts: dict[str, list[Row]] = {}
        self.streams: dict[str, Row] = {}
        self._numbers = itertools.count(1000001)

    def new_id(self) -> str:
        return str(next(self._numbers))

    def put(self, kind: str, key: str, row: Row) -> Row:
        most = self.quotas.get(kind)
        if most is not None and len(self.rows[kind]) >= most:
            raise Refused("ServiceQuotaExceededException", f"You have reached your quota of {most}.")
        self.rows[kind][key] = {"_made": time.monotonic(), **row}
        return self.rows[kind][key]

    def get(self, kind: str, key: str, error: str = "NotFoundException") -> Row:
        row = self.rows[kind].get(key)
        if row is None or self.state_of(row) == "DELETED":
            raise Refused(error, f"No {kind} {key}.")
        self.state_of(row)
        return row

    def listed(self, kind: str) -> list[Row]:
        now = time.monotonic()
        rows = [row for row in self.rows[kind].values() if self.state_of(row) != "DELETED"]
        return [row for row in rows if now - row["_made"] >= self.list_lag]

    def change(self, row: Row, passing: str, then: str) -> None:
        row["State"], row["_then"], row["_at"] = passing, then, time.monotonic() + self.seconds
        self.state_of(row)

    def state_of(self, row: Row) -> str:
        if "_then" in row and time.monotonic() >= row["_at"]:
            row["State"] = row.pop("_then")
        return str(row.get("State", ""))

    # IVS

    def CreateChannel_ivs(self, given: Row) -> Row:
        number = self.new_id()
        arn = f"arn:aws:ivs:{REGION}:{ACCOUNT}:channel/{number}"
        made = {
            "arn": arn,
            "name": given.get("name", ""),
            "latencyMode": given.get("latencyMode", "LOW"),
            "type": given.get("type", "STANDARD"),
            "ingestEndpoint": f"{number}.global-contribute.live-video.net",
            "playbackUrl": f"https://{number}.playback.live-video.net/api/video/v1/channel.{number}.m3u8",
            "tags": given.get("tags", {}),
        }
        self.put("picture", arn, made)
        return {"channel": _shown(made), "streamKey": self._new_key(arn)}

    def _new_key(self, channel: str, tags: Row | None = None) -> Row:
        number = self.new_id()
        arn = f"arn:aws:ivs:{REGION}:{ACCOUNT}:stream-key/{number}"
        made = {"arn": arn, "value": f"sk_{number}", "channelArn": channel, "tags": tags or {}}
        return _shown(self.put("key", arn, made))

    def GetChannel_ivs(self, given: Row) -> Row:
        return {"channel": _shown(self.get("picture", given["arn"], "ResourceNotFoundException"))}

    def ListChannels_ivs(self, given: Row) -> Row:
        names = ("arn", "name", "latencyMode", "type", "tags")
        wanted = given.get("filterByName")
        rows = [row for row in self.listed("picture") if wanted is None or row["name"] == wanted]
        return {"channels": [{name: row[name] for name in names} for row in rows]}

    def DeleteChannel_ivs(self, given: Row) -> Row:
        self.get("picture", given["arn"], "ResourceNotFoundException")
        if self._is_live(given["arn"]):
            raise Refused("ConflictException", "Stream is live.")
        del self.rows["picture"][given["arn"]]
        for key in [one for one, row in self.rows["key"].items() if row["channelArn"] == given["arn"]]:
            del self.rows["key"][key]
        return {}

    def ListStreamKeys_ivs(self, given: Row) -> Row:
        self.get("picture", given["channelArn"], "ResourceNotFoundException")
        keys = [row for row in self.rows["key"].values() if row["channelArn"] == given["channelArn"]]
        names = ("arn", "channelArn", "tags")
        return {"streamKeys": [{name: row[name] for name in names} for row in keys]}

    def GetStreamKey_ivs(self, given: Row) -> Row:
        return {"streamKey": _shown(self.get("key", given["arn"], "ResourceNotFoundException"))}

    def CreateStreamKey_ivs(self, given: Row) -> Row:
        if self.ListStreamKeys_ivs(given)["streamKeys"]:
            raise Refused("ServiceQuotaExceededException", "One stream key per channel.")
        return {"streamKey": self._new_key(given["channelArn"], given.get("tags"))}

    def DeleteStreamKey_ivs(self, given: Row) -> Row:
        self.get("key", given["arn"], "ResourceNotFoundException")
        del self.rows["key"][given["arn"]]
        return {}

    def GetStream_ivs(self, given: Row) -> Row:
        self.get("picture", given["channelArn"], "ResourceNotFoundException")
        if not self._is_live(given["channelArn"]):
            raise Refused("ChannelNotBroadcasting", "No stream.")
        live = {"state": "LIVE", "health": "HEALTHY", "viewerCount": 0}
        told = _shown(self.streams.get(given["channelArn"], {}))
        return {"stream": live | {"channelArn": given["channelArn"]} | told}

    def StopStream_ivs(self, given: Row) -> Row:
        self.GetStream_ivs(given)
        self.unplug(given["channelArn"])
        for row in self.rows["encoder"].values():
            if row["_picture_key"] not in {key["value"] for key in self.rows["key"].values()}:
                row["_cut"] = True
        return {}

    def PutMetadata_ivs(self, given: Row) -> Row:
        if len(given["metadata"].encode()) > 1024:
            raise Refused("ValidationException", "Metadata is too long.")
        self.GetStream_ivs(given)
        self._count_metadata(given["channelArn"])
        self.metadata.append(given)
        return {}

    def _count_metadata(self, arn: str) -> None:
        """Five a second for one picture, 155 for the account."""
        now = time.monotonic()
        recent = [one for at, one in self.metadata_calls if now - at < 1]
        if len(recent) >= 155 or recent.count(arn) >= 5:
            raise Refused("ThrottlingException", "Rate exceeded")
        self.metadata_calls.append((now, arn))

    def push(self, arn: str, **report: Any) -> None:
        """An encoder pushes into a picture that no MediaLive feeds; `report` is what IVS says of it."""
        self.streams[arn] = {"_pushed": True, **report}

    def unplug(self, arn: str) -> None:
        self.streams.pop(arn, None)

    def _is_live(self, arn: str) -> bool:
        if self.streams.get(arn, {}).get("_pushed"):
            return True
        values = {row["value"] for row in self.rows["key"].values() if row["channelArn"] == arn}
        feeding = (row for row in self.rows["encoder"].values() if self.state_of(row) == "RUNNING")
        return any(row["_picture_key"] in values for row in feeding)

    # MediaLive

    def CreateInputSecurityGroup_medialive(self, given: Row) -> Row:
        row = {"Id": self.new_id(), "State": "IDLE", "Tags": given.get("Tags", {}), "Inputs": []}
        made = self.put("fence", row["Id"], row | {"WhitelistRules": given.get("WhitelistRules", [])})
        return {"SecurityGroup": _shown(made)}

    def DescribeInputSecurityGroup_medialive(self, given: Row) -> Row:
        return _shown(self.get("fence", given["InputSecurityGroupId"]))

    def ListInputSecurityGroups_medialive(self, given: Row) -> Row:
        return {"InputSecurityGroups": [_shown(row) for row in self.listed("fence")]}

    def UpdateInputSecurityGroup_medialive(self, given: Row) -> Row:
        row = self.get("fence", given["InputSecurityGroupId"])
        row["WhitelistRules"] = given.get("WhitelistRules", row["WhitelistRules"])
        return {"SecurityGroup": _shown(row)}

    def DeleteInputSecurityGroup_medialive(self, given: Row) -> Row:
        row = self.get("fence", given["InputSecurityGroupId"])
        if any(row["Id"] in source["SecurityGroups"] for source in self.rows["input"].values()):
            raise Refused("ConflictException", "In use.")
        del self.rows["fence"][row["Id"]]
        return {}

    def CreateInput_medialive(self, given: Row) -> Row:
        def make() -> Row:
            for fence in given.get("InputSecurityGroups", []):
                self.get("fence", fence)
            urls = [
                {"Url": f"rtmp://198.51.100.7:1935/{one['StreamName']}", "Ip": "198.51.100.7", "Port": "1935"}
                for one in given.get("Destinations", [])
            ]
            row = {"Id": self.new_id(), "Name": given["Name"], "Type": given["Type"], "Destinations": urls}
            own = {"Sources": given.get("Sources", []), "Tags": given.get("Tags", {})}
            fences = given.get("InputSecurityGroups", [])
            if bool(fences) != (given["Type"] == "RTMP_PUSH"):
                raise Refused(
                    "BadRequestException", "What is pushed needs a security group, a file has none."
                )
            made = self.put("input", row["Id"], row | own | {"SecurityGroups": fences})
            self.change(made, "CREATING", "DETACHED")
            return made

        return {"Input": _shown(self._once("input", given["RequestId"], make))}

    def _once(self, kind: str, token: str, make: Any) -> Row:
        """A token answers with what it made, also when that is gone by now."""
        if token not in self.tokens:
            self.tokens[token] = make()["Id"]
        return self.get(kind, self.tokens[token], "ConflictException")

    def DescribeInput_medialive(self, given: Row) -> Row:
        return _shown(self.get("input", given["InputId"]))

    def ListInputs_medialive(self, given: Row) -> Row:
        return {"Inputs": [_shown(row) for row in self.listed("input")]}

    def DeleteInput_medialive(self, given: Row) -> Row:
        row = self.get("input", given["InputId"])
        if self.state_of(row) != "DETACHED":
            raise Refused("ConflictException", "The input is attached.")
        del self.rows["input"][row["Id"]]
        return {}

    def CreateChannel_medialive(self, given: Row) -> Row:
        return {"Channel": _shown(self._once("encoder", given["RequestId"], lambda: self._encoder(given)))}

    def _encoder(self, given: Row) -> Row:
        self._check(given)
        sources = [self.get("input", one["InputId"]) for one in given["InputAttachments"]]
        names = ("Name", "ChannelClass", "RoleArn", "InputAttachments", "Destinations", "Tags")
        row = {name: given[name] for name in names if name in given}
        key = given["Destinations"][0]["Settings"][0]["StreamName"]
        made = {"Id": self.new_id(), "_picture_key": key, **row}
        kept = self.put("encoder", made["Id"], made)
        for source in sources:
            source["State"] = "ATTACHED"
        self.change(kept, "CREATING", "IDLE")
        return kept

    def _check(self, given: Row) -> None:
        """As AWS: unprocessable when it names what is not there."""
        for target in given["Destinations"]:
            for package in target.get("MediaPackageSettings", []):
                if f"{package['ChannelGroup']}/{package['ChannelName']}" not in self.rows["package"]:
                    raise Refused("UnprocessableEntityException", "No such MediaPackage channel.")
            for setting in target.get("Settings", []):
                if setting["StreamName"] not in {row["value"] for row in self.rows["key"].values()}:
                    raise Refused("UnprocessableEntityException", "No such stream key.")
        for one in given["InputAttachments"]:
            if self.state_of(self.rows["input"].get(one["InputId"], {})) != "DETACHED":
                raise Refused("UnprocessableEntityException", "The input cannot be attached.")

    def DescribeChannel_medialive(self, given: Row) -> Row:
        row = self.get("encoder", given["ChannelId"])
        return _shown(row) | {"PipelineDetails": pipelines_of(row, self.now())}

    def ListChannels_medialive(self, given: Row) -> Row:
        names = ("Id", "Name", "State", "Tags")
        return {
            "Channels": [{name: row[name] for name in names if name in row} for row in self.listed("encoder")]
        }

    # MediaLive's schedule (tests.services.aws.schedule)

    def BatchUpdateSchedule_medialive(self, given: Row) -> Row:
        row = self.get("encoder", given["ChannelId"])
        return update_schedule(row, given, self.now())

    def DescribeSchedule_medialive(self, given: Row) -> Row:
        return {"ScheduleActions": shown_schedule(self.get("encoder", given["ChannelId"]))}

    def DeleteSchedule_medialive(self, given: Row) -> Row:
        return empty_schedule(self.get("encoder", given["ChannelId"]))

    def now(self) -> datetime:
        """The services' clock; a test turns it on instead of waiting."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def StartChannel_medialive(self, given: Row) -> Row:
        return self._move(given, "IDLE", "STARTING", "RUNNING")

    def StopChannel_medialive(self, given: Row) -> Row:
        return self._move(given, "RUNNING", "STOPPING", "IDLE")

    def _move(self, given: Row, start: str, passing: str, then: str) -> Row:
        row = self.get("encoder", given["ChannelId"])
        if self.state_of(row) != start:
            raise Refused("ConflictException", f"The channel is {row['State']}.")
        self.change(row, passing, then)
        return _shown(row)

    def ListAlerts_medialive(self, given: Row) -> Row:
        self.get("encoder", given["ChannelId"])
        wanted = given.get("StateFilter", "ALL")
        rows = self.alerts.get(given["ChannelId"], [])
        return {"Alerts": [row for row in rows if wanted in {"ALL", row["State"]}]}

    def DeleteChannel_medialive(self, given: Row) -> Row:
        row = self.get("encoder", given["ChannelId"])
        if self.state_of(row) not in {"IDLE", "CREATE_FAILED"}:
            raise Refused("ConflictException", f"The channel is {row['State']}.")
        for one in row["InputAttachments"]:
            self.rows["input"][one["InputId"]]["State"] = "DETACHED"
        self.change(row, "DELETING", "DELETED")
        return _shown(row)

    # MediaPackage v2

    def CreateChannelGroup_mediapackagev2(self, given: Row) -> Row:
        name = given["ChannelGroupName"]
        facts = {"EgressDomain": "abc.egress.mediapackagev2.ap-northeast-1.amazonaws.com"}
        return self._named("group", name, given, facts | {"ChannelGroupName": name}, f"channelGroup/{name}")

    def GetChannelGroup_mediapackagev2(self, given: Row) -> Row:
        return _shown(self.get("group", given["ChannelGroupName"], "ResourceNotFoundException"))

    def ListChannelGroups_mediapackagev2(self, given: Row) -> Row:
        names = ("ChannelGroupName", "Arn", "CreatedAt", "ModifiedAt")
        return {"Items": [{name: row[name] for name in names} for row in self.listed("group")]}

    def DeleteChannelGroup_mediapackagev2(self, given: Row) -> Row:
        return self._gone("group", given["ChannelGroupName"], "package")

    def CreateChannel_mediapackagev2(self, given: Row) -> Row:
        self.GetChannelGroup_mediapackagev2(given)
        key = _key(given, "ChannelName")
        facts = {
            name: given[name] for name in ("ChannelGroupName", "ChannelName", "InputType") if name in given
        }
        return self._named("package", key, given, facts, f"channelGroup/{key.replace('/', '/channel/')}")

    def GetChannel_mediapackagev2(self, given: Row) -> Row:
        return _shown(self.get("package", _key(given, "ChannelName"), "ResourceNotFoundException"))

    def ListChannels_mediapackagev2(self, given: Row) -> Row:
        names = ("ChannelGroupName", "ChannelName", "Arn", "CreatedAt", "ModifiedAt")
        rows = [row for row in self.listed("package") if row["ChannelGroupName"] == given["ChannelGroupName"]]
        return {"Items": [{name: row[name] for name in names} for row in rows]}

    def DeleteChannel_mediapackagev2(self, given: Row) -> Row:
        return self._gone("package", _key(given, "ChannelName"), "endpoint")

    def CreateOriginEndpoint_mediapackagev2(self, given: Row) -> Row:
        self.GetChannel_mediapackagev2(given)
        key = _key(given, "ChannelName", "OriginEndpointName")
        names = (
            "ChannelGroupName",
            "ChannelName",
            "OriginEndpointName",
            "ContainerType",
            "StartoverWindowSeconds",
        )
        facts = {name: given[name] for name in names}
        base = f"https://abc.egress.mediapackagev2.{REGION}.amazonaws.com/out/v1/{key}"
        for kind in ("HlsManifests", "LowLatencyHlsManifests"):
            manifests = given.get(kind, [])
            facts[kind] = [
                {"ManifestName": one["ManifestName"], "Url": f"{base}/{one['ManifestName']}.m3u8"}
                for one in manifests
            ]
        facts["Segment"] = given.get("Segment", {})
        arn = "channelGroup/{}/channel/{}/originEndpoint/{}".format(*key.split("/"))
        return self._named("endpoint", key, given, facts, arn)

    def GetOriginEndpoint_mediapackagev2(self, given: Row) -> Row:
        return _shown(self._endpoint(given))

    def ListOriginEndpoints_mediapackagev2(self, given: Row) -> Row:
        names = ("Arn", "ChannelGroupName", "ChannelName", "OriginEndpointName", "ContainerType", "CreatedAt")
        rows = [row for row in self.listed("endpoint") if row["ChannelName"] == given["ChannelName"]]
        return {"Items": [{name: row[name] for name in names} for row in rows]}

    def DeleteOriginEndpoint_mediapackagev2(self, given: Row) -> Row:
        return self._gone("endpoint", _key(given, "ChannelName", "OriginEndpointName"), None)

    def PutOriginEndpointPolicy_mediapackagev2(self, given: Row) -> Row:
        self._endpoint(given)["_policy"] = given["Policy"]
        return {}

    def GetOriginEndpointPolicy_mediapackagev2(self, given: Row) -> Row:
        row = self._endpoint(given)
        if "_policy" not in row:
            raise Refused("ResourceNotFoundException", "No policy.")
        names = ("ChannelGroupName", "ChannelName", "OriginEndpointName")
        return {name: row[name] for name in names} | {"Policy": row["_policy"]}

    def DeleteOriginEndpointPolicy_mediapackagev2(self, given: Row) -> Row:
        self._endpoint(given).pop("_policy", None)
        return {}

    def CreateHarvestJob_mediapackagev2(self, given: Row) -> Row:
        """A job of `seconds`; the answer of a repeat is the job that is there."""
        endpoint = self._endpoint(given)
        if endpoint.get("_policy") is None:
            raise Refused("ValidationException", "MediaPackage may not read the endpoint.")
        name = given["HarvestJobName"]
        key = _key(given, "ChannelName", "OriginEndpointName", "HarvestJobName")
        told = ("HarvestedManifests", "ScheduleConfiguration", "Destination")
        facts = {name: given[name] for name in told} | {"HarvestJobName": name}
        names = ("ChannelGroupName", "ChannelName", "OriginEndpointName")
        facts |= {name: given[name] for name in names}
        is_new = key not in self.rows["harvest"]
        self._named("harvest", key, given, facts, f"harvest/{key}")
        row = self.rows["harvest"][key]
        if is_new:
            self.change(row, "IN_PROGRESS", self.harvest_end)
        return _job(row)

    def GetHarvestJob_mediapackagev2(self, given: Row) -> Row:
        return _job(self._harvest(given))

    def CancelHarvestJob_mediapackagev2(self, given: Row) -> Row:
        row = self._harvest(given)
        if row["State"] not in {"QUEUED", "IN_PROGRESS"}:
            raise Refused("ConflictException", "The job has ended.")
        row.pop("_then", None)
        row["State"] = "CANCELLED"
        return {}

    def _harvest(self, given: Row) -> Row:
        key = _key(given, "ChannelName", "OriginEndpointName", "HarvestJobName")
        return self.get("harvest", key, "ResourceNotFoundException")

    def _endpoint(self, given: Row) -> Row:
        key = _key(given, "ChannelName", "OriginEndpointName")
        return self.get("endpoint", key, "ResourceNotFoundException")

    def _named(self, kind: str, key: str, given: Row, facts: Row, arn: str) -> Row:
        """Names are identities: the same token answers again, another one is a conflict."""
        there = self.rows[kind].get(key)
        if there and there["_token"] != given.get("ClientToken"):
            raise Refused("ConflictException", f"{key} exists.")
        now = datetime.now(UTC)
        made = {
            "Arn": f"arn:aws:mediapackagev2:{REGION}:{ACCOUNT}:{arn}",
            "CreatedAt": now,
            "ModifiedAt": now,
        }
        row = {"_token": given.get("ClientToken"), "Tags": given.get("Tags", {}), **made, **facts}
        return _shown(there or self.put(kind, key, row))

    def _gone(self, kind: str, key: str, child: str | None) -> Row:
        """Deleting what is not there is no error, deleting a parent is."""
        if child and any(one.startswith(f"{key}/") for one in self.rows[child]):
            raise Refused("ConflictException", f"{key} is not empty.")
        self.rows[kind].pop(key, None)
        return {}


def _key(given: Row, *names: str) -> str:
    return "/".join(given[name] for name in ("ChannelGroupName", *names))


def _job(row: Row) -> Row:
    told = {name: value for name, value in _shown(row).items() if name != "State"}
    told["Status"] = row["State"]
    return told | ({"ErrorMessage": "No content in this time."} if row["State"] == "FAILED" else {})


def _shown(row: Row) -> Row:
    return {name: value for name, value in row.items() if not name.startswith("_")}
