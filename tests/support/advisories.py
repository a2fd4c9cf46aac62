"""Known advisories about what the lock files hold: ``make advisories``.

Asks OSV (https://osv.dev) by pip-audit, so it needs a network; nothing else
here does, and no other check waits for it. Exits with 0 where nothing is
known, 1 where something is, 3 where the answer could not be had.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from tests.support import security_tools

OSV = "https://api.osv.dev/v1/query"
LINE = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


class Status(IntEnum):
    NOTHING_KNOWN = 0
    VULNERABLE = 1
    NO_ANSWER = 3


class NoAnswerError(Exception):
    """The service could not be reached, or did not answer as it should."""


@dataclass(frozen=True, order=True)
class Advisory:
    package: str
    version: str
    id: str
    fixed_in: tuple[str, ...]

    def __str__(self) -> str:
        fixed = f"fixed in {', '.join(self.fixed_in)}" if self.fixed_in else "no fixed version"
        return f"{self.package} {self.version}: {self.id}, {fixed}"


def locked_versions(locks: list[Path]) -> list[tuple[str, str]]:
    """Return name and version of all that is locked, whatever Python or system it is for."""
    return sorted({found for lock in locks for found in LINE.findall(lock.read_text())})


def rounds(versions: list[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Yield all ``versions`` in as many parts as some package has: pip-audit takes one of each."""
    rest = versions
    while rest:
        part = dict(reversed(rest))
        yield part
        rest = [one for one in rest if one not in part.items()]


def ask(versions: dict[str, str], *, url: str, timeout: int) -> list[Advisory]:
    """Return what is known. Raises NoAnswerError, with the reason."""
    with tempfile.TemporaryDirectory() as name:
        requirements, output = Path(name, "requirements.txt"), Path(name, "advisories.json")
        requirements.write_text("".join(f"{package}=={version}\n" for package, version in versions.items()))
        result = security_tools.run(
            "-m", "pip_audit", "-r", requirements, "--disable-pip", "--no-deps", "-s", "osv",
            "--osv-url", url, "--timeout", str(timeout), "--progress-spinner", "off",
            "--cache-dir", Path(name, "cache"), "-f", "json", "-o", output, timeout=1800,
        )  # fmt: skip
        try:
            dependencies = json.loads(output.read_text())["dependencies"]
        except (OSError, ValueError, KeyError):
            raise NoAnswerError((result.stderr.strip() or "no output").splitlines()[-1]) from None
    if skipped := [one["name"] for one in dependencies if "skip_reason" in one]:
        raise NoAnswerError(f"not asked about: {', '.join(skipped)}")
    return [
        Advisory(one["name"], one["version"], known["id"], tuple(known["fix_versions"]))
        for one in dependencies
        for known in one["vulns"]
    ]


def main(arguments: list[str]) -> Status:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("locks", nargs="*", type=Path, help="lock files; all of requirements/ by default")
    parser.add_argument("--osv-url", default=OSV)
    parser.add_argument("--timeout", type=int, default=15, help="seconds for each answer")
    options = parser.parse_args(arguments)
    versions = locked_versions(options.locks or security_tools.LOCKS)
    known: list[Advisory] = []
    try:
        for part in rounds(versions):
            known += ask(part, url=options.osv_url, timeout=options.timeout)
    except NoAnswerError as error:
        print(f"No answer from {options.osv_url}, so nothing was checked: {error}", file=sys.stderr)
        return Status.NO_ANSWER
    for advisory in sorted(known):
        print(advisory)
    print(f"{len(versions)} locked versions, {len(known)} known advisories.")
    return Status.VULNERABLE if known else Status.NOTHING_KNOWN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
