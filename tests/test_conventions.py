"""The conventions of this code base. Each test says in its message what to do instead."""

from __future__ import annotations

import ast
import re
import sysconfig
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from io import StringIO
from pathlib import Path

import grimp
import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
OURS = ["blog", "papers", "site", "tests", "bench", "manage.py"]
ROOMS = sorted(path.parent.name for path in (ROOT / "site").glob("*/__init__.py"))
ROOMS += ["blog", "papers"]
VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "stuff"}
MAX_MODULE, MAX_FUNCTION, MAX_TEMPLATE = 300, 40, 90  # lines


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    """Return which modules each module of ours imports, inside functions and for type checking included."""
    graph = grimp.build_graph(*ROOMS, exclude_type_checking_imports=False, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def modules() -> list[Path]:
    folders = [ROOT / place for place in OURS]
    paths = [path for folder in folders for path in ([folder] if folder.is_file() else folder.rglob("*.py"))]
    return sorted(path for path in paths if "migrations" not in path.parts)


def templates() -> list[Path]:
    places = ["templates", "blog", "papers", "site"]
    paths = [path for place in places for path in (ROOT / place).rglob("*.html")]
    return sorted(path for path in paths if any("templates" in part for part in path.parts))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def complain(offenders: list[str], advice: str) -> None:
    assert not offenders, advice + "\n  " + "\n  ".join(offenders)


def test_modules_are_short():
    complain(
        [f"{named(path)}: {length(path)} lines" for path in modules() if length(path) > MAX_MODULE],
        f"A module of more than {MAX_MODULE} lines has two subjects. Give the second its own module.",
    )


def test_functions_are_short():
    complain(
        [
            f"{named(path)}:{node.lineno} {node.name}: {lines_of(node)} lines"
            for path in modules()
            for node in functions(path)
            if lines_of(node) > MAX_FUNCTION
        ],
        f"A function of more than {MAX_FUNCTION} lines does several things. Name one of them.",
    )


def test_templates_are_short():
    complain(
        [f"{named(path)}: {length(path)} lines" for path in templates() if length(path) > MAX_TEMPLATE],
        f"A template of more than {MAX_TEMPLATE} lines hides a component. Take it out and include it.",
    )


def test_modules_are_named_for_what_they_hold():
    complain(
        [named(path) for path in modules() if path.stem in VAGUE or path.parent.name in VAGUE],
        "Such a name gathers everything that found no place. Name the module for its subject.",
    )


def test_migrations_have_names():
    complain(
        [named(path) for path in ROOT.glob("**/migrations/*_auto_*.py") if ".venv" not in path.parts],
        "Say what the migration does: makemigrations --name what_it_does.",
    )


@pytest.mark.django_db
def test_nothing_is_missing_in_the_migrations():
    output = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=output)
    except SystemExit:
        pytest.fail(f"A model changed without a migration. Run makemigrations --name …\n{output.getvalue()}")


def circle(imports: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1]
    return []


@pytest.mark.parametrize("room", ROOMS)
def test_no_modules_of_a_room_import_each_other_in_a_circle(room, imports):
    modules = {name for name in imports if name == room or name.startswith(f"{room}.")}

    complain(
        circle({name: imports[name] & modules for name in modules}),
        "Each of these imports the next, inside functions and for type checking included. "
        "Move what they share below both, or ask for a Protocol.",
    )


def test_the_folder_of_the_rooms_is_no_package():
    import site

    assert not (ROOT / "site" / "__init__.py").exists(), (
        "site/ is a source root: Python's own module is called site. Its rooms import by their own names."
    )
    assert Path(site.__file__).is_relative_to(sysconfig.get_path("stdlib"))
    assert site.getsitepackages()


def test_no_requirement_names_where_it_came_from():
    complain(
        [
            f"{named(path)}:{number}"
            for path in sorted((ROOT / "requirements").iterdir())
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if re.search(r"https?:|file:|\bindex-url|find-links|trusted-host", line)
        ],
        "Where packages come from is a matter of the machine. Use `make lock`.",
    )


def test_every_requirement_is_pinned_by_hash():
    for path in (ROOT / "requirements").glob("*.txt"):
        pinned = re.findall(r"(?m)^[a-z0-9][^\s=]*==\S+.*\\\n    --hash=sha256:", path.read_text())
        named_at_all = re.findall(r"(?m)^[a-z0-9]\S+", path.read_text())
        assert len(pinned) == len(named_at_all) > 20, f"{named(path)}: use `make lock`"


def test_what_others_made_stands_beside_its_license():
    made = sorted(path for path in (ROOT / "static" / "vendor").iterdir() if path.is_dir())
    notice = (ROOT / "NOTICE").read_text("utf-8")

    assert made
    complain(
        [
            named(path)
            for path in made
            if not list(path.glob("LICENSE*")) or f"static/vendor/{path.name}/" not in notice
        ],
        "Put the license into the folder, and the folder into NOTICE.",
    )


def test_every_variable_is_described():
    reading = re.compile(r"env\.(?:text|flag|number|csv|pairs|choice|origin)\(\s*\"([A-Z][A-Z0-9_]+)\"")
    read = {
        name
        for path in (ROOT / "site" / "config").glob("*.py")
        for name in reading.findall(path.read_text(encoding="utf-8"))
    }
    described = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", (ROOT / "docs" / "operating.md").read_text("utf-8")))

    assert {"DATABASE_URL", "LISTEN"} <= read  # the search itself still works
    complain(sorted(read - described), "Describe these variables in docs/operating.md.")


INLINE = {
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")", re.IGNORECASE
    ),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a resource of another host": re.compile(
        r"<(?:script|img|iframe|source|video|audio|embed|object|use)\b[^>]*\s(?:src|srcset|href|data)=\"(?:https?:)?//"
        r"|<link\b(?=[^>]*rel=\"(?:stylesheet|icon|preload|preconnect|dns-prefetch|modulepreload))[^>]*href=\"(?:https?:)?//",
        re.IGNORECASE,
    ),
    "hx-on": re.compile(r"\shx-on\b", re.IGNORECASE),
}
FOR_EDITORS = ("admin", "wagtail")
EMAIL_FOLDERS = ("email", "emails", "letters", "mail")


@pytest.mark.parametrize("what", INLINE)
def test_public_templates_keep_to_the_content_security_policy(what):
    public = [path for path in templates() if not any(part.startswith(FOR_EDITORS) for part in path.parts)]
    complain(
        [
            f"{named(path)}:{text.count(chr(10), 0, match.start()) + 1}"
            for path in public
            if not any(part in EMAIL_FOLDERS for part in path.parts)
            for text in [re.sub(r"(?s){% comment.*?endcomment %}", "", path.read_text("utf-8"))]
            for match in INLINE[what].finditer(text)
        ],
        f"Browsers will not take {what} on a public page. Use a file below static/.",
    )


TEXT_IN_A_TAG = re.compile(r">\s*([A-Z][a-z]+(?: [a-z]+)*[.!?]?)\s*<")


def test_words_in_templates_can_be_translated():
    offenders = []
    for path in templates():
        text = path.read_text("utf-8")
        text = re.sub(r"(?s){% comment.*?endcomment %}|{#.*?#}", "", text)
        text = re.sub(r"(?s){% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", "", text)
        offenders += [f"{named(path)}: {words}" for words in TEXT_IN_A_TAG.findall(text)]
    complain(offenders, "Wrap what people read in {% translate %} or {% blocktranslate trimmed %}.")


def test_templates_that_translate_load_what_translates():
    complain(
        [
            named(path)
            for path in templates()
            if re.search(r"{% (?:blocktrans|trans)", text := path.read_text("utf-8"))
            and not re.search(r"{% load [^%]*\bi18n\b", text)
        ],
        "{% load i18n %} is missing.",
    )
