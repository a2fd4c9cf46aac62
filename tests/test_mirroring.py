"""The test of a module is found by the module's own path."""

from __future__ import annotations

import re
from pathlib import Path

from tests.test_conventions import ROOMS, ROOT, complain

# Packages that have no folder of their own below tests/, and why.
UNMIRRORED = {
    "management": "its commands are tested with what they call",
    "migrations": "every test that has a database tests them",
    "templatetags": "a tag is tested by the pages that use it",
    "demo/papers": "the sources of the demo's PDFs, which no running site imports",
}
# Packages that have a folder, but no file for each module, and why.
TESTED_AS_A_WHOLE = {
    "accounts/providers": "a provider is tested by signing in with it",
    "demo/stand_in": "its parts are tested together, as a site meets them",
}
# Modules of these names only tell Django and Wagtail what there is.
REGISTRATIONS = {"apps.py", "urls.py", "wagtail_hooks.py"}
# Single modules without a file of their name, and why.
UNTESTED_MODULES = {
    "accounts/member_request.py": "a type",
    "config/command_line.py": "tests/test_packaging.py runs it as a program",
    "config/paths.py": "tests/test_packaging.py runs the site from both places",
    "pagecache/models.py": "its rows are written by versions.py alone",
    "papers/accessibility/outcomes.py": "choices",
    "papers/files/signals.py": "a signal",
    "papers/models.py": "it gathers the models of its packages",
    "sandbox/main.py": "the child's end of process.py, whose tests run it",
    "sandbox/picture_worker.py": "the child's end of pictures.py, whose tests run it",
}


def modules_with_code() -> list[Path]:
    """Return the modules of every room, relative to the folder that holds the rooms."""
    rooms = [ROOT / "site" / room if (ROOT / "site" / room).is_dir() else ROOT / room for room in ROOMS]
    return sorted(path.relative_to(room.parent) for room in rooms for path in room.rglob("[!_]*.py"))


def packages_of(module: Path) -> set[str]:
    """Return the packages that hold ``module``, each by its name and by its path."""
    return {name for folder in module.parents for name in (folder.name, str(folder))}


def is_mirrored(module: Path) -> bool:
    exempt = packages_of(module) & {*UNMIRRORED, *TESTED_AS_A_WHOLE}
    return not exempt and module.name not in REGISTRATIONS and str(module) not in UNTESTED_MODULES


def path_of_tests(module: Path) -> Path:
    return Path("tests", module.with_name(f"test_{module.name}"))


def has_tests(module: Path) -> bool:
    path = ROOT / path_of_tests(module)
    return path.is_file() and bool(re.search(r"^(async )?def test_", path.read_text("utf-8"), re.MULTILINE))


def test_each_module_has_tests_in_the_file_of_its_name():
    modules = [module for module in modules_with_code() if is_mirrored(module)]

    assert Path("papers", "downloads", "counter.py") in modules  # the search itself still works
    complain(
        [str(path_of_tests(module)) for module in modules if not has_tests(module)],
        "The test of a module is found by the module's own path. Put its tests there. "
        "If there is nothing in it to test, enter it in UNTESTED_MODULES with the reason.",
    )


def test_a_package_that_is_tested_as_a_whole_has_a_folder_of_tests():
    complain(
        [
            f"tests/{name}"
            for name in TESTED_AS_A_WHOLE
            if not list((ROOT / "tests" / name).glob("test_*.py"))
        ],
        "Put the tests of this package there.",
    )


def test_no_module_or_package_is_exempt_in_vain():
    modules = modules_with_code()
    packages = {name for module in modules for name in packages_of(module)}

    complain(
        [name for name in UNTESTED_MODULES if Path(name) not in modules or has_tests(Path(name))]
        + [name for name in [*UNMIRRORED, *TESTED_AS_A_WHOLE] if name not in packages],
        "These are gone, or have tests by now. Take them out of the table.",
    )
