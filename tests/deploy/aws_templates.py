"""The templates of deploy/aws, and stacks made of them at moto."""

import json
import re
from pathlib import Path
from typing import Any

import boto3
from cfnlint.decode import decode

from tests.deploy.environments import DEPLOY
from tests.services.environment import AWS
from tests.services.moto_server import MotoServer

FOLDER = DEPLOY / "aws"
NAMES = ("rights", "pictures", "notices")
REGION = "ap-northeast-1"
UNKNOWN = re.compile(r"No Moto CloudFormation support for (\S+)")


def path(name: str) -> Path:
    return FOLDER / f"{name}.yaml"


def template(name: str) -> dict[str, Any]:
    """In the long form: every short tag is an Fn:: by now."""
    found, complaints = decode(str(path(name)))
    assert complaints == []
    return json.loads(json.dumps(found))


def types(name: str) -> dict[str, str]:
    return {one: resource["Type"] for one, resource in template(name)["Resources"].items()}


class Ground:
    """An account at moto, in which stacks are made."""

    def __init__(self, moto: MotoServer) -> None:
        self._moto = moto
        self._session = boto3.session.Session(
            AWS["AWS_ACCESS_KEY_ID"], AWS["AWS_SECRET_ACCESS_KEY"], region_name=REGION
        )
        self.refused: set[str] = set()

    def client(self, service: str) -> Any:
        return self._session.client(service, endpoint_url=self._moto.url)

    def create(self, name: str, stack: str = "", **given: str) -> dict[str, dict[str, str]]:
        """What moto made, by logical name. `refused` are the types of which it only wrote a warning."""
        already = self._moto.process.log.stat().st_size
        self.client("cloudformation").create_stack(
            StackName=stack or name,
            TemplateBody=json.dumps(_with_stand_ins(name)),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()],
            Capabilities=["CAPABILITY_IAM"],
        )
        said = self._moto.process.log.read_bytes()[already:].decode()
        self.refused = set(UNKNOWN.findall(said))
        described = self.client("cloudformation").describe_stack_resources(StackName=stack or name)
        return {
            one["LogicalResourceId"]: one
            for one in described["StackResources"]
            if one.get("PhysicalResourceId")
        }

    def outputs(self, name: str) -> dict[str, str]:
        stack = self.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        return {one["Description"]: one["OutputValue"] for one in stack.get("Outputs", [])}


# moto makes nothing at all of a template that asks something about a resource of a type it does not know.
MOTO_CANNOT = {
    "AWS::Budgets::Budget",
    "AWS::CloudFront::CachePolicy",
    "AWS::CloudFront::Distribution",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::CloudWatch::Alarm",
    "AWS::Events::ApiDestination",
    "AWS::Events::Connection",
    "AWS::IVS::RecordingConfiguration",
    "AWS::S3::BucketPolicy",
    "AWS::SQS::QueuePolicy",
}


def _with_stand_ins(name: str) -> dict[str, Any]:
    kinds = types(name)

    def stand_in(node: Any) -> Any:
        if isinstance(node, list):
            return [stand_in(one) for one in node]
        if not isinstance(node, dict):
            return node
        asked = node.get("Fn::GetAtt")
        if asked and kinds[asked[0]] in MOTO_CANNOT:
            return f"arn:aws:stand-in:::{'.'.join(asked)}"
        return {key: stand_in(value) for key, value in node.items()}

    return stand_in(template(name))
