"""Backup and restore, against a real PostgreSQL."""

import os
import subprocess
import tarfile
from pathlib import Path

import psycopg
import pytest

from tests.deploy.conftest import tracks
from tests.deploy.environments import DEPLOY, run

PICTURE = "speakers/花子.png"


@pytest.fixture
def site(migrated, tmp_path):
    picture = Path(migrated["DREAMKAST_DATA_DIR"]) / "media" / PICTURE
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"a picture")
    return migrated | {"BACKUP_DIR": str(tmp_path / "backups")}


def backup(env: dict[str, str]) -> Path:
    done = run([str(DEPLOY / "backup")], env)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def restore(env: dict[str, str], *arguments: object):
    return run([str(DEPLOY / "restore"), *map(str, arguments)], env)


def test_a_site_comes_back_on_an_empty_machine(site, postgres, tmp_path):
    saved = backup(site)
    elsewhere = site | {
        "DATABASE_URL": postgres.create_database("elsewhere"),
        "DREAMKAST_DATA_DIR": str(tmp_path / "elsewhere"),
    }
    done = restore(elsewhere, saved)
    assert (done.returncode, done.stdout) == (0, f"Restored {saved}.\n"), done.stderr
    assert tracks(elsewhere) == 2
    assert (tmp_path / "elsewhere/media" / PICTURE).read_bytes() == b"a picture"


def test_a_filled_database_is_only_replaced_by_force(site):
    saved = backup(site)
    with psycopg.connect(site["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("DELETE FROM streaming_onair")
        connection.execute("DELETE FROM events_track")
        connection.execute("CREATE TABLE of_a_newer_version (id int)")
    refused = restore(site, saved)
    assert refused.returncode == 1
    assert "nothing was changed. With --force they are replaced." in refused.stderr
    assert tracks(site) == 0

    assert restore(site, "--force", saved).returncode == 0
    assert tracks(site) == 2
    with psycopg.connect(site["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT to_regclass('of_a_newer_version')").fetchone() == (None,)


def test_a_database_in_use_is_left_as_it_was(site):
    saved = backup(site)
    with psycopg.connect(site["DATABASE_URL"]) as connection:
        connection.execute("SELECT * FROM events_event")
        done = restore(site, "--force", saved)
    assert done.returncode == 1
    assert done.stderr.endswith("the database was left as it was. Are web, worker and beat stopped?\n")
    assert tracks(site) == 2


def test_a_damaged_backup_is_refused_before_anything_is_touched(site, tmp_path):
    saved = backup(site)
    # Debian's own Python 3.11.2 knows no filter yet, and newer ones want one: so the tool does it.
    (tmp_path / "parts").mkdir()
    subprocess.run(["tar", "-xf", saved, "-C", tmp_path / "parts"], check=True)
    dump = tmp_path / "parts/database.dump"
    dump.write_bytes(dump.read_bytes()[:-100])
    damaged = tmp_path / "damaged.tar"
    with tarfile.open(damaged, "w") as parts:
        parts.add(tmp_path / "parts", ".")
    done = restore(site, "--force", damaged)
    assert (done.returncode, done.stderr) == (1, f"restore: {damaged} is damaged; nothing was changed.\n")
    assert tracks(site) == 2


def test_a_database_without_dreamkast_is_no_backup(site, postgres):
    done = run([str(DEPLOY / "backup")], site | {"DATABASE_URL": postgres.create_database("nothing")})
    assert done.returncode == 1
    assert "the dump holds no tables of Dreamkast" in done.stderr
    assert os.listdir(site["BACKUP_DIR"]) == []


def test_only_the_newest_backups_are_kept(site):
    folder = Path(site["BACKUP_DIR"])
    folder.mkdir()
    old = [folder / f"dreamkast-2020010{day}T000000Z.tar" for day in range(1, 5)]
    for path in [*old, folder / "notes.txt"]:
        path.touch()
    saved = backup(site | {"BACKUP_KEEP": "3"})
    assert {path.name for path in folder.iterdir()} == {saved.name, old[2].name, old[3].name, "notes.txt"}


def test_the_password_is_not_among_the_arguments(site, tmp_path):
    """Everybody on the machine can read the arguments of a process."""
    seen = tmp_path / "seen"
    tools = tmp_path / "tools"
    tools.mkdir()
    fake = tools / "pg_dump"
    fake.write_text(f'#!/bin/sh\necho "$PGPASSWORD $*" > {seen}\nexit 1\n')
    fake.chmod(0o755)
    url = "postgres://dreamkast:p%40ss%2Fword@db.example.org:5432/dreamkast"
    run([str(DEPLOY / "backup")], site | {"PATH": f"{tools}:{site['PATH']}", "DATABASE_URL": url})
    assert seen.read_text().startswith(
        "p@ss/word --dbname=postgres://dreamkast@db.example.org:5432/dreamkast --format=custom"
    )


def test_a_site_on_sqlite_is_told_what_backup_needs(site):
    done = run([str(DEPLOY / "backup")], site | {"DATABASE_URL": "sqlite:////tmp/nothing"})
    assert (done.returncode, done.stderr) == (
        1,
        "backup: DATABASE_URL must be postgres://user:password@host/name.\n",
    )
