"""Which of Amazon's operations the sources use, as the actions that a policy must allow for them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import boto3
from botocore import xform_name

SERVICES = ("ivs", "medialive", "mediapackagev2", "s3")
# Elsewhere an action is named like its operation.
S3_ACTIONS = {
    "ListObjectsV2": "s3:ListBucket",
    "HeadBucket": "s3:ListBucket",
    "HeadObject": "s3:GetObject",
    "CopyObject": "s3:PutObject",
}
TRANSFERS = {
    "upload_file": "s3:PutObject",
    "upload_fileobj": "s3:PutObject",
    "download_file": "s3:GetObject",
    "download_fileobj": "s3:GetObject",
}


class Unclear(Exception):
    """A call whose service cannot be told from the source."""


@cache
def operations(service: str) -> dict[str, str]:
    """The methods of a client and their operations."""
    loader = boto3.session.Session()._session.get_component("data_loader")
    names = loader.load_service_model(service, "service-2")["operations"]
    return {xform_name(name): name for name in names}


def actions_of(folder: Path) -> set[str]:
    trees = [ast.parse(path.read_text()) for path in sorted(folder.rglob("*.py"))]
    clients = {name: service for tree in trees for name, service in _clients(tree)}
    return {action for tree in trees for action in _actions(tree, clients)}


def _clients(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """`self._ivs = client("ivs")`: the name and its service."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and (service := _made(node.value)):
            for target in node.targets:
                yield _last_name(target), service


def _made(node: ast.AST) -> str | None:
    if isinstance(node, ast.Call) and _last_name(node.func) == "client" and node.args:
        first = node.args[0]
        return first.value if isinstance(first, ast.Constant) and first.value in SERVICES else None
    return None


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _actions(tree: ast.AST, clients: dict[str, str]) -> Iterator[str]:
    used = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            service = _made(node.value) or clients.get(_last_name(node.value))
            used |= {service} if service else set()
            yield from _asked(node, service)
    for node in ast.walk(tree):
        # A paginator or a signed address takes the operation's name.
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (_action(one, node.value) for one in used if node.value in operations(one))


def _asked(node: ast.Attribute, service: str | None) -> Iterator[str]:
    if service == "s3" and node.attr in TRANSFERS:
        yield TRANSFERS[node.attr]
    elif service and node.attr in operations(service):
        yield _action(service, node.attr)
    elif service is None and any(node.attr in operations(one) for one in SERVICES):
        raise Unclear(f"{ast.unparse(node)} in line {node.lineno}: whose operation is it?")


def _action(service: str, method: str) -> str:
    operation = operations(service)[method]
    return S3_ACTIONS.get(operation, f"{service}:{operation}")
