"""The bill of materials holds every locked package, with its version and hashes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support import sbom, security_tools
from tests.support.paths import ROOT

LINE = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)(.*)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def locked(lock: Path) -> dict[tuple[str, str], set[str]]:
    text = lock.read_text().replace("\\\n", "")
    return {(name, version): set(HASH.findall(rest)) for name, version, rest in LINE.findall(text)}


@pytest.mark.parametrize(
    "lock",
    [
        pytest.param(lock, id=lock.stem, marks=[] if lock.stem == "base" else pytest.mark.soak)
        for lock in security_tools.LOCKS
    ],
)
def test_the_bill_of_a_lock_file_holds_every_package_with_version_and_hashes(lock, tmp_path):
    expected = locked(lock)

    sbom.write(lock, tmp_path / "bill.json")

    bill = json.loads((tmp_path / "bill.json").read_text())
    components = {
        (one["name"], one["version"]): {
            digest["content"]
            for reference in one.get("externalReferences", [])
            for digest in reference.get("hashes", [])
        }
        for one in bill["components"]
    }
    assert bill["bomFormat"] == "CycloneDX"
    assert len(expected) > 10
    assert all(expected.values())
    assert components.items() >= expected.items()
    assert set(components) - set(expected) == {("altcha", "3.2.2")}


def test_every_script_of_others_is_in_the_bill_and_in_the_notice():
    scripts = {str(path.relative_to(ROOT)) for path in (ROOT / "static" / "vendor").rglob("*.js")}
    notice = (ROOT / "NOTICE").read_text()

    assert scripts == set(sbom.VENDORED)
    for component in sbom.VENDORED.values():
        assert component["version"] in notice


def test_every_place_that_the_notice_names_exists():
    places = re.findall(r"^  (\S+/)", (ROOT / "NOTICE").read_text(), re.MULTILINE)

    assert len(places) == 4
    assert [place for place in places if not (ROOT / place).is_dir()] == []
