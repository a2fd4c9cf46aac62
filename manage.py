#!/usr/bin/env python
"""The site's command line in a checkout, whether the package is installed or not."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    # The packages below site/ are imported by their own names; site itself can't be
    # a package, because the standard library has a module of that name.
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    from config import command_line

    command_line.main()


if __name__ == "__main__":
    main()
