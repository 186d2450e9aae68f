"""Runs inside a process of its own, for `Site.run`."""

import importlib
import json
import sys

import django


def main(module: str, arguments: str) -> None:
    django.setup()
    result = importlib.import_module(module).main(**json.loads(arguments))
    json.dump(result, sys.stdout)
