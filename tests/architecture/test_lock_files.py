"""Every dependency is pinned with hashes, and a lock says nothing about where packages are fetched."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-ffmpeg.txt"]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,._-]+\])?==(\S+) \\$", re.IGNORECASE | re.MULTILINE)
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
NOTE = re.compile(r"^\s*#")


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text()))


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_pins_hashes_and_notes_only(lock):
    lines = [line for line in (ROOT / lock).read_text().splitlines() if line]
    assert [line for line in lines if not any(kind.match(line) for kind in (PIN, HASH, NOTE))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_each_pin_has_a_hash(lock):
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text(), flags=re.IGNORECASE)
    assert [block.split()[0] for block in blocks[1:] if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_carries_no_address(lock):
    assert re.findall(r"https?://\S+|--index-url|--find-links", (ROOT / lock).read_text()) == []


def test_tests_run_with_the_versions_that_run_in_production():
    development = pins("requirements-dev.txt")
    assert {
        name: version for name, version in pins("requirements.txt").items() if development[name] != version
    } == {}
