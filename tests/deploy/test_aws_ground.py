"""The ground under the cloud streams is valid, makes what it says, and allows no more than is used."""

import json
import re
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from streaming import hook_api
from streaming.media.gateway import StreamSpec
from tests.deploy import aws_calls
from tests.deploy.aws_templates import FOLDER, MOTO_CANNOT, NAMES, REGION, Ground, path, template, types
from tests.services.environment import ROOT

HOST = "abc123.egress.def456.mediapackagev2.ap-northeast-1.amazonaws.com"
GIVEN = {
    "rights": {"Environment": "test", "RunsOn": "elsewhere"},
    "pictures": {"Environment": "test", "SiteHost": "live.example.org", "LiveOriginHost": HOST},
    "notices": {
        "Environment": "test",
        "SiteHost": "live.example.org",
        "HookSecret": "0123456789abcdef0123456789abcdef",
        "Mail": "crew@example.org",
        "MonthlyBudget": "100",
    },
}
MADE = {
    "rights": {
        "MedialiveRole": "AWS::IAM::Role",
        "SiteUser": "AWS::IAM::User",
        "StreamsPolicy": "AWS::IAM::ManagedPolicy",
    },
    "pictures": {"Archive": "AWS::S3::Bucket"},
    "notices": {
        "HarvestRule": "AWS::Events::Rule",
        "HookRole": "AWS::IAM::Role",
        "IvsRule": "AWS::Events::Rule",
        "MedialiveRule": "AWS::Events::Rule",
        "Operators": "AWS::SNS::Topic",
        "Undelivered": "AWS::SQS::Queue",
    },
}
EXISTS = {
    "AWS::Events::Rule": ("events", "describe_rule", "Name"),
    "AWS::IAM::InstanceProfile": ("iam", "get_instance_profile", "InstanceProfileName"),
    "AWS::IAM::ManagedPolicy": ("iam", "get_policy", "PolicyArn"),
    "AWS::IAM::Role": ("iam", "get_role", "RoleName"),
    "AWS::IAM::User": ("iam", "get_user", "UserName"),
    "AWS::S3::Bucket": ("s3", "head_bucket", "Bucket"),
    "AWS::SNS::Topic": ("sns", "get_topic_attributes", "TopicArn"),
    "AWS::SQS::Queue": ("sqs", "get_queue_attributes", "QueueUrl"),
}
TOLD = {
    "DREAMKAST_AWS_ARCHIVE_BUCKET",
    "DREAMKAST_AWS_CDN_ARN",
    "DREAMKAST_AWS_HOOK_SECRET",
    "DREAMKAST_AWS_MEDIALIVE_ROLE_ARN",
    "DREAMKAST_AWS_PLAYBACK_HOST",
    "DREAMKAST_AWS_RECORDING_CONFIGURATION_ARN",
}
# Nobody calls these, but calls need them: to tag while making, and to hand MediaLive its role.
BESIDE = {"iam:PassRole", "ivs:TagResource", "medialive:CreateTags", "mediapackagev2:TagResource"}
# Allowed ahead of the code that will ask; empty once it is there, and then the policy equals the sources.
PLANNED = {
    "ivs:CreateStreamKey",
    "ivs:GetStream",
    "ivs:ListStreams",
    "ivs:ListTagsForResource",
    "ivs:PutMetadata",
    "medialive:DescribeThumbnails",
    "medialive:ListAlerts",
    "medialive:ListTagsForResource",
    "mediapackagev2:ListChannelGroups",
    "mediapackagev2:ListChannels",
    "mediapackagev2:ListOriginEndpoints",
    "mediapackagev2:ListTagsForResource",
}


@pytest.fixture
def ground(moto_server):
    moto_server.forget_everything()
    return Ground(moto_server)


def lint(*paths):
    command = [
        Path(sys.executable).with_name("cfn-lint"),
        "--include-checks",
        "I",
        "--regions",
        REGION,
        "us-west-2",
    ]
    return subprocess.run([*command, "-t", *map(str, paths)], capture_output=True, text=True, timeout=120)


def statements(document):
    return [one | {"Action": listed(one["Action"])} for one in document["Statement"]]


def listed(value):
    return value if isinstance(value, list) else [value]


def worker_policy():
    return statements(template("rights")["Resources"]["StreamsPolicy"]["Properties"]["PolicyDocument"])


def allowed():
    return {action for one in worker_policy() for action in one["Action"]}


# --- Valid ---


def test_every_template_is_clean_and_silences_no_rule():
    done = lint(*map(path, NAMES))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(FOLDER.glob("*.yaml")) == sorted(map(path, NAMES))
    assert [name for name in NAMES if "cfn-lint" in path(name).read_text()] == []


def test_the_lint_would_see_a_misspelt_property(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(path("pictures").read_text().replace("VersioningConfiguration", "Versioning"))
    assert lint(wrong).returncode != 0


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_is_explained_and_bounded(name):
    bounds = {"AllowedPattern", "AllowedValues", "MinValue"}
    loose = {
        key
        for key, one in template(name)["Parameters"].items()
        if not one.get("Description") or not bounds & set(one)
    }
    assert loose == set()


@pytest.mark.parametrize(
    ("name", "parameter", "good", "bad"),
    [
        (
            "rights",
            "Environment",
            ["production", "cndt-2026", "a"],
            ["", "Prod", "-a", "a-", "a" * 17, "a_b"],
        ),
        (
            "pictures",
            "SiteHost",
            ["live.example.org"],
            ["https://live.example.org", "live.example.org/", "live"],
        ),
        ("pictures", "LiveOriginHost", [HOST, ""], [f"https://{HOST}", "example.org", f"{HOST}/out"]),
        ("notices", "HookSecret", ["a" * 32], ["a" * 31, "a" * 32 + " ", "a" * 129]),
        ("notices", "Mail", ["crew@example.org", ""], ["crew", "crew@example", "a b@example.org"]),
    ],
)
def test_a_parameter_takes_the_right_and_refuses_the_wrong(name, parameter, good, bad):
    pattern = template(name)["Parameters"][parameter]["AllowedPattern"]
    assert [value for value in good if not re.fullmatch(pattern, value)] == []
    assert [value for value in bad if re.fullmatch(pattern, value)] == []


# --- Made ---


@pytest.mark.parametrize("name", NAMES)
def test_a_stack_makes_its_resources_and_moto_refuses_only_what_is_known(ground, name):
    made = ground.create(name, **GIVEN[name])
    assert {key: one["ResourceType"] for key, one in made.items()} == MADE[name]
    assert ground.refused == set(types(name).values()) & MOTO_CANNOT
    for one in made.values():
        service, ask, key = EXISTS[one["ResourceType"]]
        getattr(ground.client(service), ask)(**{key: one["PhysicalResourceId"]})


def test_no_type_is_called_impossible_that_no_template_has():
    assert {kind for name in NAMES for kind in types(name).values()} >= MOTO_CANNOT


@pytest.mark.parametrize(
    ("runs_on", "kinds"),
    [
        ("elsewhere", {"SiteUser": "AWS::IAM::User"}),
        ("ec2", {"MachineRole": "AWS::IAM::Role", "MachineProfile": "AWS::IAM::InstanceProfile"}),
        ("ecs", {"TaskRole": "AWS::IAM::Role"}),
    ],
)
def test_whoever_runs_the_site_gets_the_one_policy(ground, runs_on, kinds):
    made = ground.create("rights", Environment="test", RunsOn=runs_on)
    always = {"MedialiveRole", "StreamsPolicy"}
    assert {key: one["ResourceType"] for key, one in made.items() if key not in always} == kinds
    policy = made["StreamsPolicy"]["PhysicalResourceId"]
    holders = ground.client("iam").list_entities_for_policy(PolicyArn=policy)
    names = [
        one.get("UserName") or one["RoleName"] for one in holders["PolicyUsers"] + holders["PolicyRoles"]
    ]
    assert names == [made[next(iter(kinds))]["PhysicalResourceId"]]


def test_without_mail_and_live_pictures_nothing_is_made_for_them(ground):
    given = GIVEN["notices"] | {"Mail": "", "MonthlyBudget": "100"}
    assert "Operators" not in ground.create("notices", **given)
    assert ground.refused & {"AWS::Budgets::Budget", "AWS::CloudWatch::Alarm"} == set()


def test_a_message_that_does_not_arrive_ends_in_the_queue(ground):
    made = ground.create("notices", **GIVEN["notices"])
    queue = made["Undelivered"]["PhysicalResourceId"].rpartition("/")[2]
    for rule in ("HarvestRule", "IvsRule", "MedialiveRule"):
        name = made[rule]["PhysicalResourceId"]
        (target,) = ground.client("events").list_targets_by_rule(Rule=name)["Targets"]
        assert target["DeadLetterConfig"]["Arn"] == f"arn:aws:sqs:{REGION}:123456789012:{queue}"
        assert target["RoleArn"].endswith(made["HookRole"]["PhysicalResourceId"])


def test_each_source_that_the_site_hears_is_told_by_a_rule():
    rules = [one for one in template("notices")["Resources"].values() if one["Type"] == "AWS::Events::Rule"]
    assert {one["Properties"]["EventPattern"]["source"][0] for one in rules} == hook_api.SOURCES


def test_the_stacks_tell_every_variable_that_the_settings_read_and_no_secret(ground):
    told = {}
    for name in NAMES:
        ground.create(name, **GIVEN[name])
        told |= ground.outputs(name)
    assert {name for name in told if name.startswith("DREAMKAST_AWS_")} == TOLD
    read = re.findall(r"DREAMKAST_AWS_\w+", (ROOT / "dreamkast/settings/base.py").read_text())
    assert set(read) <= TOLD
    assert (told["DREAMKAST_ENVIRONMENT"], told["AWS_DEFAULT_REGION"]) == ("test", REGION)
    assert GIVEN["notices"]["HookSecret"] not in str(told)


# --- Allowed ---


def test_the_worker_may_do_all_that_the_sources_ask():
    assert aws_calls.actions_of(ROOT / "streaming") - allowed() == set()


def test_the_worker_may_do_nothing_that_nobody_asks():
    assert allowed() - aws_calls.actions_of(ROOT / "streaming") - BESIDE - PLANNED == set()


def test_no_action_is_a_pattern():
    assert [action for action in allowed() if "*" in action] == []


CHANGES_NOTHING = re.compile(r"\w+:(Get|List|Describe)\w+")


def is_ours(statement):
    """By a tag that is asked for, or by a name that begins with ours."""
    conditions = json.dumps(statement.get("Condition", {}))
    resources = [json.dumps(one) for one in listed(statement["Resource"])]
    is_tagged = '"aws:RequestTag/app": "dreamkast"' in conditions
    is_tagged |= '"aws:ResourceTag/app": "dreamkast"' in conditions
    return is_tagged or all("dreamkast-${Environment}" in one or "MedialiveRole" in one for one in resources)


def test_what_changes_something_reaches_only_what_is_ours():
    open_ones = {
        one["Sid"]
        for one in worker_policy()
        if not all(CHANGES_NOTHING.fullmatch(action) for action in one["Action"]) and not is_ours(one)
    }
    # Stream keys come without tags.
    assert open_ones == {"TurnKeys"}


def test_only_lists_are_open_to_the_whole_region():
    wide = [one for one in worker_policy() if one["Resource"] == "*"]
    assert [one["Sid"] for one in wide] == ["SeeWhatThereIs"]
    assert all(":List" in action for action in wide[0]["Action"])
    assert wide[0]["Condition"] == {"StringEquals": {"aws:RequestedRegion": {"Ref": "AWS::Region"}}}


def test_the_policy_is_small_enough_for_amazon(ground):
    """6,144 characters without white space, or the stack fails."""
    assert len(re.sub(r"\s", "", json.dumps(made_policy(ground)))) <= 6144


def made_policy(ground, environment="test"):
    made = ground.create("rights", Environment=environment, RunsOn="elsewhere")
    arn = made["StreamsPolicy"]["PhysicalResourceId"]
    version = ground.client("iam").get_policy_version(PolicyArn=arn, VersionId="v1")
    return version["PolicyVersion"]["Document"]


def test_the_names_and_tags_in_the_policy_are_those_that_the_product_gives(ground):
    spec = a_spec()
    by_sid = {one["Sid"]: one for one in made_policy(ground)["Statement"]}
    group = f"arn:aws:mediapackagev2:{REGION}:123456789012:channelGroup/{spec.shared_name}"
    assert by_sid["Packages"]["Resource"] == [group, f"{group}/*"]
    asked = by_sid["MakePictures"]["Condition"]["StringEquals"]
    assert asked == {f"aws:RequestTag/{key}": spec.identity[key] for key in ("app", "environment")}


def a_spec():
    return StreamSpec(
        public_id=uuid.UUID(int=1),
        environment="test",
        event="seaside",
        track="A",
        number=1,
        zone="Asia/Tokyo",
        generation=1,
        is_wanted=True,
    )


def test_the_bucket_of_one_stack_is_the_bucket_of_the_other(ground):
    bucket = ground.create("pictures", **GIVEN["pictures"])["Archive"]["PhysicalResourceId"]
    by_sid = {one["Sid"]: one for one in made_policy(ground)["Statement"]}
    assert by_sid["SeeTheArchive"]["Resource"] == f"arn:aws:s3:::{bucket}"
    assert by_sid["WriteTheArchive"]["Resource"] == f"arn:aws:s3:::{bucket}/archive/*"


def test_viewers_and_harvests_reach_only_the_finished_videos():
    policy = template("pictures")["Resources"]["ArchivePolicy"]["Properties"]["PolicyDocument"]
    objects = {
        one["Sid"]: one["Resource"]["Fn::Sub"].removeprefix("arn:${AWS::Partition}:s3:::${Archive}")
        for one in statements(policy)
        if one["Effect"] == "Allow"
    }
    assert objects == {
        "ViewersThroughTheCdn": "/archive/*",
        "HarvestsWrite": "/archive/*",
        "HarvestsFindTheBucket": "",
    }


def test_the_cdn_has_one_way_to_live_pictures_for_all_tracks():
    config = template("pictures")["Resources"]["Cdn"]["Properties"]["DistributionConfig"]
    ways = [one["Fn::If"][1] if "Fn::If" in one else one for one in config["CacheBehaviors"]]
    assert [one["PathPattern"] for one in ways] == ["/archive/*", "/out/*"]
    cache = template("pictures")["Resources"]["LiveCache"]["Properties"]["CachePolicyConfig"]
    key = cache["ParametersInCacheKeyAndForwardedToOrigin"]
    assert (cache["MinTTL"], cache["DefaultTTL"], cache["MaxTTL"]) == (1, 1, 86400)
    assert (key["CookiesConfig"]["CookieBehavior"], key["HeadersConfig"]["HeaderBehavior"]) == (
        "none",
        "none",
    )


# --- The reader of the sources ---


def test_the_reader_sees_calls_paginators_and_handed_over_methods(tmp_path):
    (tmp_path / "one.py").write_text(
        "class A:\n"
        "    def __init__(self):\n"
        "        self._ivs = client('ivs')\n"
        "        self._ivs.get_stream(channelArn='')\n"
        "        move(self._ivs.stop_stream)\n"
        "        self._ivs.get_paginator('list_channels')\n"
        "        client('s3').head_object(Bucket='', Key='')\n"
    )
    (tmp_path / "two.py").write_text("def f(a):\n    a._ivs.put_metadata(channelArn='', metadata='')\n")
    assert aws_calls.actions_of(tmp_path) == {
        "ivs:GetStream",
        "ivs:ListChannels",
        "ivs:PutMetadata",
        "ivs:StopStream",
        "s3:GetObject",
    }


def test_the_reader_does_not_guess_whose_operation_a_call_is(tmp_path):
    (tmp_path / "one.py").write_text("def f(x):\n    x.start_channel(ChannelId='1')\n")
    with pytest.raises(aws_calls.Unclear, match="start_channel"):
        aws_calls.actions_of(tmp_path)
