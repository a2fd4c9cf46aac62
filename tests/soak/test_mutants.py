"""Some mutants of one package, of another one each week: its tests notice most of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date

import pytest

from tests.support.mutants import ROOMS
from tests.support.paths import ROOT

pytestmark = pytest.mark.soak

SAMPLE = 40
# The aim is 85 % of all mutants (docs/testing.md). Of 40 drawn from such a package, chance alone
# leaves fewer than 70 % killed about once in a hundred weeks.
FLOOR = 0.7


def test_the_tests_of_this_weeks_package_notice_most_mutants(tmp_path):
    if not (tools := os.environ.get("MUTANTS")):
        pytest.skip("make soak installs what makes the mutants, and names it in MUTANTS")
    rooms = sorted(ROOMS)
    room = rooms[date.today().isocalendar().week % len(rooms)]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env |= {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site"), tools]),
    }

    command = [sys.executable, "-W", "ignore", "-m", "tests.support.mutants", room, "--most", str(SAMPLE)]
    run = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout[-3_000:] + run.stderr[-3_000:]
    killed, tried = map(int, re.search(r"(\d+) of (\d+) killed", run.stdout).groups())
    assert tried > SAMPLE / 2
    assert killed >= FLOOR * tried, run.stdout[-3_000:]
