"""What a volunteer copies from deploy/aws/README.md works, and its sums are right."""

import re

import jmespath
import pytest

from tests.deploy.aws_templates import FOLDER, NAMES, Ground, template
from tests.services.environment import ROOT

TEXT = (FOLDER / "README.md").read_text()
SHELL = re.sub(r"\\\n\s*", "", "\n".join(re.findall(r"```\n(.*?)```", TEXT, re.S)))
RATES = {"input": 0.294, "HD": 0.702, "SD": 0.354, "IVS": 2.00}


def test_the_first_readme_leads_there():
    assert "(deploy/aws/README.md)" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_its_command_gives_a_stack_what_it_must_have(name):
    (line,) = [one for one in SHELL.splitlines() if f"--template-file deploy/aws/{name}.yaml" in one]
    given = set(re.findall(r"(\w+)=", line))
    parameters = template(name)["Parameters"]
    assert {key for key, one in parameters.items() if "Default" not in one} <= given <= set(parameters)
    makes_rights = any(kind["Type"].startswith("AWS::IAM::") for kind in template(name)["Resources"].values())
    assert ("--capabilities CAPABILITY_IAM" in line) == makes_rights


def test_its_query_prints_the_variables(moto_server):
    moto_server.forget_everything()
    ground = Ground(moto_server)
    ground.create("rights", stack="dreamkast-rights", Environment="production", RunsOn="ec2")
    query = re.search(r'--query "(.+?)"', SHELL)[1]
    told = dict(jmespath.search(query, ground.client("cloudformation").describe_stacks()))
    assert told["DREAMKAST_ENVIRONMENT"] == "production"
    assert told["DREAMKAST_AWS_MEDIALIVE_ROLE_ARN"].startswith("arn:aws:iam::")


def test_every_rate_that_is_summed_is_in_the_table():
    assert [rate for rate in ("0.294", "0.702 / 0.354", "2.00") if f"| {rate} an hour" not in TEXT] == []


def test_the_hour_of_a_track_is_the_sum_of_its_rates():
    encoder = RATES["input"] + 3 * RATES["HD"] + RATES["SD"]
    hours = dict(re.findall(r"^\| `(\w+)` \|.*\| ([\d.]+) \|$", TEXT, re.M))
    assert hours == {
        "local": "0.00",
        "embed": "0.00",
        "ivs": f"{RATES['IVS']:.2f}",
        "medialive": f"{encoder + RATES['IVS']:.2f}",
    }


def test_the_example_follows_from_the_hour():
    ivs, medialive = 120 * RATES["IVS"], 120 * 4.754
    assert f"| {ivs:.0f} or {medialive:.0f} | {ivs:.0f} or {medialive:.0f} |" in TEXT
