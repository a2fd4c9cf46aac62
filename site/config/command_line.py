"""The command line: ``colloquy COMMAND`` once installed, ``manage.py COMMAND`` in a checkout."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["run"]:
        sys.exit(_run())
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # One sentence for the operator instead of a traceback.
        sys.exit(str(error))


def _run() -> int:
    """Prepare and run the whole site, as the demo unless DEMO=no, as ``make run`` does."""
    os.environ.setdefault("DEMO", "yes")
    from config import run_site

    return run_site.main(["--prepare", *sys.argv[2:]])
