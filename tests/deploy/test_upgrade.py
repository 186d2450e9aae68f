"""The order of an upgrade, seen by a stand-in for docker that writes down what it is asked."""

import pytest

from tests.deploy.environments import DEPLOY, run
from tests.services.environment import bare_environment

DOCKER = """#!/bin/sh
echo "$*" >> "$ASKED"
case "$*" in
    $REFUSES) exit 1 ;;
    *' backup') echo /backups/dreamkast-1.tar ;;
esac
"""


@pytest.fixture
def upgrade(tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    asked = tmp_path / "asked"

    def call(*arguments: str, refuses: str = "nothing"):
        (tools / "docker").write_text(DOCKER.replace("$REFUSES", refuses))
        (tools / "docker").chmod(0o755)
        env = bare_environment(ASKED=str(asked), SECONDS_TO_READY="0")
        done = run([str(DEPLOY / "upgrade"), *arguments], env | {"PATH": f"{tools}:{env['PATH']}"})
        return done, asked.read_text().splitlines()

    return call


BACKUP = "compose run --rm -T backup"
KEEP = ["image inspect dreamkast:current", "image tag dreamkast:current dreamkast:previous"]
BUILD = "compose build web"
MIGRATE = "compose run --rm -T migrate"
RESTART = "compose up --detach --no-build --no-deps web worker beat"
READY = "compose exec -T web python deploy/healthcheck.py /readyz"


def test_an_upgrade_saves_builds_migrates_restarts_and_waits(upgrade):
    done, asked = upgrade()
    assert (done.returncode, done.stderr) == (0, "")
    assert asked == [BACKUP, *KEEP, BUILD, MIGRATE, RESTART, READY]


def test_without_a_backup_nothing_is_changed(upgrade):
    done, asked = upgrade(refuses="*' backup'")
    assert (done.returncode, asked) == (1, [BACKUP])
    assert done.stderr == "upgrade: the backup failed; nothing was changed.\n"


def test_a_failed_build_leaves_the_site_running(upgrade):
    done, asked = upgrade(refuses="*build*web")
    assert (done.returncode, asked) == (1, [BACKUP, *KEEP, BUILD])


@pytest.mark.parametrize(
    ("refuses", "what"),
    [
        ("*migrate", "the migration failed"),
        ("*up*--detach*", "the new version does not start"),
        ("*readyz", "the new version was not ready within 0 s"),
    ],
)
def test_a_failed_step_says_how_to_go_back_and_to_which_backup(upgrade, refuses, what):
    done, _ = upgrade(refuses=refuses)
    assert done.returncode == 1
    assert done.stderr.startswith(f"upgrade: {what}")
    assert "upgrade --back" in done.stderr
    assert "/deploy/restore --force /backups/dreamkast-1.tar" in done.stderr


def test_going_back_starts_the_image_of_before_without_its_migrations(upgrade):
    done, asked = upgrade("--back")
    assert done.returncode == 0
    assert asked == ["image tag dreamkast:previous dreamkast:current", RESTART, READY]
