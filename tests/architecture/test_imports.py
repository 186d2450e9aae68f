"""The import picture of CONTRIBUTING, kept true: now may look at the plan, the plan never looks at now."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ["dreamkast.lib", "accounts", "events", "talks", "streaming"]
SIBLING = "talks.discussion"


def layer_of(module: str) -> str | None:
    """The layer that owns a module; None for everything outside the picture."""
    if module == SIBLING or module.startswith(f"{SIBLING}."):
        return SIBLING
    for layer in LAYERS:
        if module == layer or module.startswith(f"{layer}."):
            return layer
    return "dreamkast" if module.split(".")[0] == "dreamkast" else None


def allowed(layer: str) -> set[str]:
    if layer == SIBLING:
        return {*LAYERS[:4], SIBLING}
    return set(LAYERS[: LAYERS.index(layer) + 1])


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} uses a relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def sources() -> list[Path]:
    folders = ["dreamkast/lib", "accounts", "events", "talks", "streaming"]
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def wrong_edges(path: Path) -> list[str]:
    here = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    layer = layer_of(here)
    assert layer is not None
    edges = ((line, name, layer_of(name)) for line, name in imports(path))
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for line, name, target in edges
        if target is not None and target not in allowed(layer)
    ]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_source_file_imports_only_from_its_own_layer_and_those_left_of_it(path):
    assert wrong_edges(path) == []


def test_the_guard_sees_an_arrow_that_points_the_wrong_way():
    wrong = LAYERS.index("talks")
    assert "streaming" not in allowed(LAYERS[wrong])
    assert layer_of("streaming.models.OnAir") == "streaming"
    assert layer_of("talks.discussion.models") == SIBLING
    assert "streaming" not in allowed(SIBLING)
    assert SIBLING not in allowed("streaming")


def test_only_one_file_imports_boto3():
    found = {
        str(path.relative_to(ROOT))
        for path in sources()
        if any(name.split(".")[0] in {"boto3", "botocore"} for _, name in imports(path))
    }
    assert found <= {"streaming/media/aws.py"}
