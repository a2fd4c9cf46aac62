"""Bandit, Semgrep, CycloneDX and pip-audit, which `make` puts into a folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.paths import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def folder() -> Path:
    """Return the folder of the tools; make installs it with lint and before tests."""
    folders = [path for path in (ROOT / ".venv").glob("security-*") if path.suffix != ".part"]
    if len(folders) != 1:
        raise RuntimeError("make lint installs the tools of requirements/security.txt.")
    return folders[0]


def run(*command: str | Path, cwd: Path = ROOT, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run one of the tools, a module with ``-m`` or a program by its name; return what it printed."""
    tools = folder()
    environment = os.environ | {
        "PYTHONPATH": str(tools),
        "PATH": f"{tools / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "SEMGREP_SETTINGS_FILE": str(ROOT / ".venv" / "semgrep.yml"),
        "SEMGREP_LOG_FILE": str(ROOT / ".venv" / "semgrep.log"),
    }
    program = [sys.executable, "-W", "ignore"] if command[0] == "-m" else []
    return subprocess.run(
        [*program, *map(str, command)],
        cwd=cwd, env=environment, capture_output=True, text=True, timeout=timeout, check=False,
    )  # fmt: skip
