"""What the papers name must exist: commands, variables, services, files, reasons."""

import re
import tomllib
from itertools import chain

import pytest
import yaml
from django.core.management import get_commands

from tests.deploy.environments import DEPLOY, example
from tests.services.environment import ROOT

RUNBOOK = (DEPLOY / "runbook.md").read_text()
PAPERS = {name: (ROOT / name).read_text() for name in ("README.md", "CONTRIBUTING.md", "deploy/runbook.md")}
SERVICES = set(yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"])


def test_every_command_of_the_runbook_exists():
    named = set(re.findall(r"manage\.py (\w+)", RUNBOOK))
    assert {"take", "reconcile_streams"} <= named
    assert named <= set(get_commands())


def test_every_variable_of_the_runbook_is_explained():
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", RUNBOOK))
    assert "DREAMKAST_DATABASE_POOL" in named
    assert named <= set(example())


def test_every_service_that_the_runbook_touches_exists():
    called = re.findall(r"docker compose (?:exec|restart|run --rm|stop|logs --since 10m) ([a-z ]+)", RUNBOOK)
    words = {call.split()[0] for call in called} | {"web", "worker", "beat"}
    assert words - {"python", "psql"} <= SERVICES


def test_each_kind_of_trouble_says_how_it_looks_and_how_it_ends():
    troubles = [part for part in RUNBOOK.split("\n## ")[1:] if not part.startswith(("Backup", "Upgrade"))]
    assert len(troubles) == 9
    assert [part.splitlines()[0] for part in troubles if "**Looks like**" not in part] == []
    assert [part.splitlines()[0] for part in RUNBOOK.split("\n## ")[1:] if "**Over when**" not in part] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_a_paper_links_to_exists(paper):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", PAPERS[paper])
    folder = (ROOT / paper).parent
    assert [link for link in links if not (folder / link).exists()] == []


def test_every_make_target_of_the_papers_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        name
        for text in PAPERS.values()
        for name in re.findall(r"^make (\w+)|`make (\w+)", text, re.MULTILINE)
    }
    assert {first or second for first, second in named} <= targets


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {re.match(r"[\w-]+", line)[0] for line in wanted}
    rows = re.findall(r"^\| ([\w, -]+) \| \S", PAPERS["CONTRIBUTING.md"], re.MULTILINE)
    explained = {name for row in rows for name in row.split(", ")} - {"for running", "for developing"}
    assert explained == names
