#!/usr/bin/env python
"""The site's command line; works from a bare checkout, installed or not."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    # Rooms under site/ import by their own names; site itself is the standard
    # library's and can't be a package.
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refusal:
        # One sentence for whoever runs the site, not forty lines for who wrote it.
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
