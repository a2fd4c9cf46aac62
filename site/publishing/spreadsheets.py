"""What goes into CSV and spreadsheet files."""

from __future__ import annotations

import re

FORMULA = re.compile(r"\s*[=+\-@\t\r\n|%]")


def spreadsheet_safe(text: str) -> str:
    """Return ``text`` so that no spreadsheet program runs it as a formula: quoted where it could be one."""
    return f"'{text}" if FORMULA.match(text) else text
