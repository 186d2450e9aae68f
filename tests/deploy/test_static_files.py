"""collectstatic as the image runs it: hashed names, and modules that import each other by them."""

import json
import re
from pathlib import Path

import pytest

from tests.deploy.environments import manage, production
from tests.services.environment import ROOT


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("collected")
    done = manage(production(folder), "collectstatic", "--no-input", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return folder / "staticfiles"


@pytest.fixture(scope="module")
def names(collected) -> dict[str, str]:
    return json.loads((collected / "staticfiles.json").read_text())["paths"]


def imports(text: str) -> list[str]:
    return re.findall(r"""^\s*(?:import|export)\b[^"';]*["'](\.[^"']+)["']""", text, re.MULTILINE)


def test_every_file_of_ours_has_a_name_with_a_hash(names):
    ours = {
        path.relative_to(ROOT / "static").as_posix() for path in ROOT.glob("static/**/*") if path.is_file()
    }
    assert {name for name in ours if not re.search(r"\.[0-9a-f]{12}(\.|$)", names.get(name, ""))} == set()


def test_modules_import_each_other_by_their_hashed_names(collected, names):
    hashed = {collected / name for name in names.values()}
    modules = [collected / new for old, new in names.items() if old.startswith("js/") and old.endswith(".js")]
    found = [
        (module, (module.parent / name).resolve())
        for module in modules
        for name in imports(module.read_text())
    ]
    assert len(found) > 20
    assert [(module.name, target.name) for module, target in found if target not in hashed] == []


def test_large_files_are_compressed_once_and_not_at_every_request(collected, names):
    assert (collected / f"{names['css/base.css']}.gz").exists()
