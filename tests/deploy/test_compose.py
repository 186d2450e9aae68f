"""compose.yaml and Dockerfile, as far as they can be judged without a container engine."""

import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.deploy.environments import DEPLOY, run
from tests.services.environment import ROOT, bare_environment

COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["web", "worker", "beat", "migrate"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()


def mounts(service: dict) -> list[tuple[str, str]]:
    return [tuple(volume.split(":")[:2]) for volume in service.get("volumes", []) if "${" not in volume]


def copied_into_the_image() -> set[Path]:
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    return {ROOT / name for line in lines for name in line.split()}


def test_one_box_has_these_services():
    assert set(SERVICES) == {*OURS, "postgres", "redis", "caddy", "backup"}


@pytest.mark.parametrize("name", OURS)
def test_a_command_of_ours_is_a_program_of_the_locked_packages(name):
    program = SERVICES[name]["command"][0]
    assert Path(sys.executable).parent.joinpath(program).exists()


@pytest.mark.parametrize("name", OURS)
def test_files_of_a_command_are_in_the_image(name):
    copied = copied_into_the_image()
    words = [*SERVICES[name]["command"], *SERVICES[name].get("healthcheck", {}).get("test", [])]
    named = {ROOT / word for word in words if word.endswith(".py")}
    assert {path for path in named if not path.exists() or path not in copied} == set()


@pytest.mark.parametrize("command", ["worker", "beat"])
def test_celery_knows_each_option_of_its_command(command):
    options = [word for word in SERVICES[command]["command"] if word.startswith("--")]
    celery = [sys.executable, "-m", "celery", "-A", "dreamkast", command, "--help"]
    known = run(celery, bare_environment()).stdout
    assert [option for option in options if option not in known] == []


def test_every_mounted_file_exists_and_every_volume_is_declared():
    sources = {source for service in SERVICES.values() for source, _ in mounts(service)}
    files = {source for source in sources if source.startswith(".")}
    assert [source for source in files if not (DEPLOY / source).exists()] == []
    assert sources - files == set(COMPOSE["volumes"])


def test_everything_copied_into_the_image_exists():
    assert [path for path in copied_into_the_image() if not path.exists()] == []


def test_every_package_of_the_project_is_in_the_image():
    packages = {path.parent for path in ROOT.glob("*/__init__.py")} - {ROOT / "tests"}
    assert packages - copied_into_the_image() == set()


def test_the_image_runs_as_nobody_and_ends_on_sigterm():
    final = DOCKERFILE.split("\nFROM ")[-1]
    assert "USER 10001:10001" in final
    assert "STOPSIGNAL SIGTERM" in final
    assert '"deploy/healthcheck.py", "/livez"' in final


@pytest.mark.parametrize("name", OURS)
def test_our_containers_may_write_into_volumes_only(name):
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"], service["tmpfs"]) == (True, ["ALL"], ["/tmp"])
    assert {target for _, target in mounts(service)} == {"/data/media", "/data/streams"}


@pytest.mark.parametrize("name", set(SERVICES) - {"migrate", "backup"})
def test_what_runs_on_comes_back_by_itself_and_fills_no_disk_with_logs(name):
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}
    assert "stop_grace_period" in service
    assert "healthcheck" in service


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_tables_are_there(name):
    waits = SERVICES[name]["depends_on"]
    assert waits["migrate"] == {"condition": "service_completed_successfully"}
    # A dead Redis must not keep the site from starting.
    assert waits["redis"] == {"condition": "service_started"}


def test_only_the_proxy_can_be_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]


def test_redis_keeps_what_it_was_given():
    command = " ".join(SERVICES["redis"]["command"])
    assert "--appendonly yes --appendfsync everysec" in command
    assert "--maxmemory-policy noeviction" in command


def test_local_streams_stay_behind_the_door_of_the_site():
    """The proxy serves what was uploaded from the volume; streams are asked of the web process."""
    caddyfile = (DEPLOY / "Caddyfile").read_text()
    assert "path /media/*\n\t\tnot path /media/streams/*" in caddyfile
    assert mounts(SERVICES["caddy"])[1] == ("media", "/srv/media")


def test_no_secret_is_copied_into_the_image():
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().split()
    assert {"deploy/.env", "deploy/backups"} <= set(ignored)
    assert run(["git", "check-ignore", "deploy/.env"], bare_environment()).returncode == 0


def test_every_script_can_be_read_by_bash():
    files = [path for path in DEPLOY.iterdir() if path.is_file()]
    scripts = [path for path in files if path.read_bytes().startswith(b"#!/usr/bin/env bash")]
    assert sorted(path.name for path in scripts) == ["backup", "restore", "upgrade"]
    for path in [*scripts, DEPLOY / "database.sh"]:
        done = run([shutil.which("bash") or "bash", "-n", str(path)], bare_environment())
        assert (done.returncode, done.stderr) == (0, "")


def test_numbers_are_read_within_the_network_and_never_through_the_proxy():
    caddyfile = (DEPLOY / "Caddyfile").read_text()
    assert "handle /metrics {\n\t\trespond 404\n\t}" in caddyfile
    hosts = SERVICES["web"]["environment"]["DREAMKAST_HOSTS"]
    assert hosts == "${DREAMKAST_HOSTS:?set it in .env}, web"
