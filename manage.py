#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dreamkast.settings.local")
    if sys.argv[1:2] == ["demo"]:
        # The settings are read before a command can speak.
        os.environ.setdefault("DREAMKAST_DEMO", "1")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as wrong:
        sys.exit(f"Dreamkast cannot start: {wrong}")
