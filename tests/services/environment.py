"""The environment of a process under test: nothing of the developer's own settings gets in."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "USER")
# boto3 must never look for real keys, nor ask the machine it runs on.
AWS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


def environment(**given: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**kept, **AWS, "PYTHONUNBUFFERED": "1", **given}


def bare_environment(**given: str) -> dict[str, str]:
    """As somebody has it who has set nothing at all."""
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | given
