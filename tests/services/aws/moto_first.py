"""A peer that asks moto where moto has the call, and answers by itself where moto has none.

What moto makes is made here too, under moto's ids: keys, endpoints and lists of addresses hang on it.
"""

from typing import Any

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError

from tests.services.aws.cloud import Refused
from tests.services.aws.peer import AwsPeer

# Of what the product uses, all that moto 5.2 has.
IN_MOTO = {
    "ivs": {"CreateChannel", "ListChannels", "GetChannel", "DeleteChannel"},
    "medialive": {
        *("CreateInput", "DescribeInput", "ListInputs", "DeleteInput"),
        *("CreateChannel", "DescribeChannel", "ListChannels", "StartChannel", "StopChannel", "DeleteChannel"),
    },
    "mediapackagev2": {
        *("CreateChannelGroup", "GetChannelGroup", "ListChannelGroups", "DeleteChannelGroup"),
        *("CreateChannel", "GetChannel", "DeleteChannel"),
    },
}
# Where the new id stands in an answer, by what is made.
NEW = {
    ("ivs", "CreateChannel"): ("picture", "channel", "arn"),
    ("medialive", "CreateInput"): ("input", "Input", "Id"),
    ("medialive", "CreateChannel"): ("encoder", "Channel", "Id"),
}


class MotoFirst(AwsPeer):
    """`asked_moto` are the calls that moto answered."""

    def __init__(self, moto_url: str) -> None:
        super().__init__()
        self.asked_moto: list[str] = []
        credentials = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
        self._moto = {
            name: boto3.client(name, region_name="ap-northeast-1", endpoint_url=moto_url, **credentials)
            for name in IN_MOTO
        }

    def perform(self, service: str, name: str, given: dict[str, Any]) -> dict[str, Any]:
        if name not in IN_MOTO[service]:
            return super().perform(service, name, given)
        # First our own: it refuses what moto lets pass, as a parent that still has children.
        own = super().perform(service, name, given)
        answer = self._ask(service, name, given)
        if (service, name) in NEW:
            self._take_id(*NEW[service, name], own, answer)
        # moto leaves out what the model demands, as the times of a package.
        return own | answer

    def _ask(self, service: str, name: str, given: dict[str, Any]) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = getattr(self._moto[service], xform_name(name))(**given)
        except ClientError as error:
            raise Refused(error.response["Error"]["Code"], str(error)) from error
        del answer["ResponseMetadata"]
        self.asked_moto.append(f"{service} {name}")
        return answer

    def _take_id(self, kind: str, key: str, id_name: str, own: dict[str, Any], moto: dict[str, Any]) -> None:
        rows, old, new = self.cloud.rows[kind], own[key][id_name], moto[key][id_name]
        rows[new] = rows.pop(old) | {id_name: new}
        for stream_key in self.cloud.rows["key"].values():
            if stream_key["channelArn"] == old:
                stream_key["channelArn"] = new
