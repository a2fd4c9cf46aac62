"""The number of a build: the same in every process, another one for other code, settings or libraries."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata

import pytest

from config import paths
from pagecache.build import build_number
from tests.support.processes import environment

PRINT = """
from django.conf import settings
settings.USE_I18N = False  # names of languages need no application
from config import paths
from pagecache.build import build_number
print(build_number(paths.build_folders()[:1]))
"""


def number_in_a_process(folder, seed):
    more = environment(
        DJANGO_SETTINGS_MODULE="config.settings", SECRET_KEY="k" * 60, BASE_URL="https://example.org",
        DATA_DIR=str(folder), PYTHONHASHSEED=seed,
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", PRINT], env=more, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_every_process_has_the_same_number(tmp_path):
    numbers = {number_in_a_process(tmp_path, seed) for seed in ("1", "2")}

    assert len(numbers) == 1
    assert len(numbers.pop()) == 24


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("<p>One</p>")
    return tmp_path


def test_the_same_files_have_the_same_number(folder):
    assert build_number([folder]) == build_number([folder])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("templates/page.html", "<p>Two</p>"), ("templates/other.html", ""), ("code.py", ""),
        ("deep/a.po", ""), ("style.css", ""), ("data.csl", ""),
    ],
)  # fmt: skip
def test_another_file_makes_another_number(folder, name, content):
    before = build_number([folder])

    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(content)

    assert build_number([folder]) != before


def test_a_file_under_another_name_makes_another_number(folder):
    before = build_number([folder])

    (folder / "templates" / "page.html").rename(folder / "templates" / "page2.html")

    assert build_number([folder]) != before


def test_compiled_files_make_no_difference(folder):
    before = build_number([folder])

    (folder / "code.pyc").write_text("x")

    assert build_number([folder]) == before


def test_another_setting_or_library_makes_another_number(folder, settings, monkeypatch):
    before = build_number([folder])
    settings.WAGTAIL_SITE_NAME = "Another"
    changed = build_number([folder])
    assert changed != before

    monkeypatch.setattr(metadata, "version", lambda name: "9")
    assert build_number([folder]) != changed


def test_the_order_of_a_set_makes_no_difference_but_its_members_do(folder, settings):
    settings.PAGE_CACHE_TABLES = {"untracked": frozenset(["a", "b"])}
    before = build_number([folder])

    settings.PAGE_CACHE_TABLES = {"untracked": frozenset(["b", "a"])}
    assert build_number([folder]) == before
    settings.PAGE_CACHE_TABLES = {"untracked": frozenset(["a", "c"])}
    assert build_number([folder]) != before


def test_functions_in_settings_are_known_by_their_kind(folder, settings):
    settings.SOMETHING = lambda: 1
    before = build_number([folder])
    settings.SOMETHING = lambda: 2

    assert build_number([folder]) == before


def test_all_rooms_templates_and_static_files_are_of_the_build():
    names = {folder.name for folder in paths.build_folders()}

    assert {"pagecache", "config", "blog", "papers", "discussion", "templates", "static"} <= names
