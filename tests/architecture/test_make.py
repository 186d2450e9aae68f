"""What somebody reads whose machine lacks something: one sentence that says what to do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The suite itself is run by make, which tells the makes below it so.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


@pytest.fixture
def elsewhere(tmp_path):
    """A folder with the Makefile and without an environment."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def python_that(folder: Path, refuses: str) -> Path:
    """A Python that fails as soon as it is asked about `refuses`."""
    path = folder / "python"
    path.write_text(f'#!/bin/sh\ncase "$*" in *{refuses}*) exit 1;; esac\n')
    path.chmod(0o755)
    return path


def make(folder: Path, python: Path | str) -> list[str]:
    command = ["make", "demo", f"PYTHON={python}"]
    run = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    assert run.returncode != 0
    return [line for line in run.stderr.splitlines() if not line.startswith("make: ")]


@pytest.mark.parametrize("refuses", ["version_info", "no-such-thing"], ids=["old", "missing"])
def test_old_or_missing_python_ends_in_one_sentence(elsewhere, refuses):
    python = python_that(elsewhere, refuses) if refuses == "version_info" else "no-such-python"
    (line,) = make(elsewhere, python)
    assert line == (
        f"Dreamkast needs Python 3.11 or newer, which {python} is not: "
        "install one and name it, as in make demo PYTHON=python3.12."
    )


def test_python_without_its_venv_module_ends_in_one_sentence(elsewhere):
    python = python_that(elsewhere, "ensurepip")
    (line,) = make(elsewhere, python)
    assert line == (
        f"{python} cannot make virtual environments: "
        "install its venv module (Debian: apt install python3-venv)."
    )


def test_help_names_every_target_that_people_call():
    shown = subprocess.run(
        ["make"], cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True, text=True
    ).stdout
    targets = [line.split()[1] for line in shown.splitlines()]
    assert targets == ["help", "demo", "test", "check", "fmt", "tour", "messages", "lock"]


def test_machine_that_cannot_install_is_told_what_is_missing(tmp_path):
    for tool in ("sh", "ls", "grep", "printf"):
        (tmp_path / tool).symlink_to(shutil.which(tool) or tool)
    somebody = tmp_path / "id"
    somebody.write_text("#!/bin/sh\necho 1000\n")
    somebody.chmod(0o755)
    run = subprocess.run(
        [ROOT / "tests/provision"], env={**os.environ, "PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert run.returncode == 1
    assert run.stderr.startswith(
        "The tests need these, install them first (names of Debian packages): chromium "
    )
    assert {"redis-server", "ffmpeg", "gettext", "tesseract-ocr"} <= set(run.stderr.split())
