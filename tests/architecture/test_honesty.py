"""Tests look at the real thing: nobody patches our own modules or boto3, and nothing is left out unseen."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
OURS = ("dreamkast", "accounts", "events", "talks", "streaming", "boto3", "botocore")
SETTERS = {"setattr", "delattr"}


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def names_of_ours(tree: ast.AST) -> set[str]:
    """What the file calls our modules, or things that come from them."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.split(".")[0] for alias in node.names if is_ours(alias.name)}
        elif isinstance(node, ast.ImportFrom) and is_ours(node.module or ""):
            found |= {alias.asname or alias.name for alias in node.names}
    return found


def is_ours(module: str) -> bool:
    return module.split(".")[0] in OURS


def target(call: ast.Call, ours: set[str]) -> str | None:
    """What a call changes, when that is ours."""
    if not call.args:
        return None
    first = call.args[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value if is_ours(first.value) and "." in first.value else None
    name = ast.unparse(first)
    return name if name.split(".")[0] in ours else None


def patches(source: str) -> list[str]:
    tree = ast.parse(source)
    ours = names_of_ours(tree)
    found = []
    for call, name in calls(tree):
        parts = name.split(".")
        if "patch" in parts or (parts[-1] in SETTERS and len(parts) > 1):
            found += [f"{name}({what}) in line {call.lineno}" for what in [target(call, ours)] if what]
    return found


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_patches_our_own_modules(path):
    assert patches(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "mock.patch('talks.services.x.y')",
        "from unittest.mock import patch\npatch('boto3.client')",
        "from streaming import hub\nmonkeypatch.setattr(hub, 'x', 1)",
        "import streaming.hub\nmonkeypatch.setattr(streaming.hub, 'x', 1)",
        "monkeypatch.setattr('streaming.hub.current', 1)",
        "from streaming.hub import Hub\nmock.patch.object(Hub, 'x')",
    ],
)
def test_guard_sees_a_patch(source):
    assert len(patches(source)) == 1


@pytest.mark.parametrize("source", ["monkeypatch.setattr(os, 'x', 1)", "client.patch('/events/1')"])
def test_guard_lets_other_calls_pass(source):
    assert patches(source) == []


LEFT_OUT = {
    "skip": "import pytest\ndef test_a(): pytest.skip('later')",
    "xfail": "import pytest\n@pytest.mark.xfail\ndef test_a(): assert False",
    "xpass": "import pytest\n@pytest.mark.xfail\ndef test_a(): pass",
    "deselected": "def test_a(): pass\ndef test_other(): pass",
}


def run_pytest(folder: Path, source: str, ci: str, *more: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_sample.py").write_text(source)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.honesty",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(
        [*command, "--rootdir", str(folder), "-k", "not other", *more, str(folder)],
        env={**os.environ, "CI": ci},
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("way", LEFT_OUT)
def test_left_out_test_fails_the_run_of_the_ci(way, tmp_path):
    run = run_pytest(tmp_path, LEFT_OUT[way], ci="true")
    assert (run.returncode, "not run, so the run fails" in run.stdout) == (1, True)


@pytest.mark.parametrize("way", LEFT_OUT)
def test_left_out_test_fails_a_run_in_two_processes_too(way, tmp_path):
    run = run_pytest(tmp_path, LEFT_OUT[way], "true", "-n", "2")
    assert (run.returncode, "not run, so the run fails" in run.stdout) == (1, True)


def test_left_out_test_is_only_reported_elsewhere(tmp_path):
    assert run_pytest(tmp_path, LEFT_OUT["skip"], ci="").returncode == 0


def test_run_of_the_ci_passes_when_everything_ran(tmp_path):
    assert run_pytest(tmp_path, "def test_a(): pass", ci="true").returncode == 0
