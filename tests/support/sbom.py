"""The bill of materials of each lock file, as CycloneDX: ``make sbom``.

What the site's own repository holds of others' code is added to each.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from tests.support import security_tools
from tests.support.paths import ROOT

# Code of others that lies in static/vendor; NOTICE names it as well.
VENDORED = {
    "static/vendor/altcha/pbkdf2.js": {
        "type": "library", "name": "altcha", "version": "3.2.2", "purl": "pkg:npm/altcha@3.2.2",
        "licenses": [{"license": {"id": "MIT"}}],
    },
}  # fmt: skip


def write(lock: Path, path: Path) -> None:
    """Write the bill of a lock file; the same bytes for the same lock."""
    result = security_tools.run(
        "-m", "cyclonedx_py", "requirements", "--pyproject", ROOT / "pyproject.toml", "--output-reproducible",
        "--of", "JSON", "-o", path, lock,
    )  # fmt: skip
    if result.returncode:
        raise RuntimeError(result.stderr)
    bill = json.loads(path.read_text())
    bill["components"] += [vendored(*entry) for entry in VENDORED.items()]
    path.write_text(json.dumps(bill, indent=2) + "\n")


def vendored(file: str, component: dict[str, Any]) -> dict[str, Any]:
    digest = hashlib.sha256((ROOT / file).read_bytes()).hexdigest()
    return {"bom-ref": file, **component, "hashes": [{"alg": "SHA-256", "content": digest}]}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for lock in security_tools.LOCKS:
        path = folder / f"{lock.stem}.cdx.json"
        write(lock, path)
        print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
