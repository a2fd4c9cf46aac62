"""What ``pip wheel .`` builds is the whole site, and installs what it needs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.sites import free_ports

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.iterdir()
    return path


def requirements(name: str) -> list[str]:
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def tracked(*places: str) -> list[str]:
    command = ["git", "ls-files", "--", *places]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for path in listing.splitlines() if (ROOT / path).is_file()]


def test_an_installed_package_requires_what_the_lock_files_are_made_from():
    assert PROJECT["dependencies"] == requirements("base.in")
    assert PROJECT["optional-dependencies"]["s3"] == requirements("s3.in")


def test_the_wheel_has_every_file_of_the_site(wheel):
    places = {"templates": "config/resources/templates", "static": "config/resources/static", "site": ""}
    expected = {
        f"{places.get(top, top)}/{rest}".lstrip("/")
        for path in tracked("templates", "static", "site", "blog", "papers")
        for top, _, rest in [path.partition("/")]
    }

    missing = expected - set(zipfile.ZipFile(wheel).namelist())

    assert len(expected) > 500
    assert not missing


def test_the_wheel_has_nothing_that_is_not_part_of_the_site(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    packages = {path.parent.name for path in (ROOT / "site").glob("*/__init__.py")}

    assert {top for top in tops if not top.endswith(".dist-info")} == packages | {"blog", "papers"}


@pytest.mark.soak
def test_an_installed_wheel_runs_the_demo(wheel, tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    subprocess.run(
        [programs / "pip", "install", "-q", "--require-hashes", "-r", ROOT / "requirements" / "base.txt"],
        check=True,
    )
    subprocess.run([programs / "pip", "install", "-q", "--no-deps", wheel], check=True)
    port, stand_in_port = free_ports(2)
    variables = {
        "PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PORT": str(port), "STAND_IN_PORT": str(stand_in_port)
    }  # fmt: skip
    with (tmp_path / "log").open("w+") as log:
        site = subprocess.Popen(
            [programs / "colloquy", "run"], cwd=tmp_path, env=variables, stdout=log, stderr=log
        )
        try:
            pages = {path: read(f"http://127.0.0.1:{port}{path}", site) for path in ("/", "/papers/")}
        finally:
            site.send_signal(signal.SIGTERM)
            status = site.wait(30)

    assert status == 0
    assert "/blog/" in pages["/"]
    assert "Building capacity" in pages["/papers/"]
    assert (tmp_path / "var" / "colloquy.sqlite3").exists()


def read(url: str, site: subprocess.Popen[bytes], *, seconds: float = 300) -> str:
    """Return the page at ``url`` as soon as the site serves it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and site.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.read().decode()
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{url} was not served within {seconds} s")
