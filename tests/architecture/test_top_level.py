"""The fixed shape of the project: a new name at the top is a decision, not an accident."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"dreamkast", "events", "talks", "streaming", "accounts"}
FOLDERS = {"templates", "static", "deploy", "tests", "locale", "docs", ".ci"}
FILES = {
    "manage.py",
    "pyproject.toml",
    "Makefile",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    ".gitignore",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-ffmpeg.txt",
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [Path(line) for line in listed.stdout.splitlines()]


def test_nothing_unexpected_stands_at_the_top():
    assert {path.parts[0] for path in tracked()} <= PACKAGES | FOLDERS | FILES


def test_no_file_has_a_name_that_says_nothing():
    assert [path for path in tracked() if path.stem in VAGUE] == []


def test_no_file_of_ours_names_a_machine_of_its_author():
    homes = ("/" + "work/", "/" + "root/", "/" + "home/")
    sources = {
        ".py",
        ".js",
        ".css",
        ".html",
        ".md",
        ".txt",
        ".toml",
        ".yaml",
        ".yml",
        ".sh",
        ".po",
        ".example",
    }
    ours = [path for path in tracked() if path.suffix in sources and "vendor" not in path.parts]
    texts = {path: (ROOT / path).read_text() for path in ours if (ROOT / path).exists()}
    assert [path for path, text in texts.items() if any(home in text for home in homes)] == []
