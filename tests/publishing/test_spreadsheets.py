"""No cell of an exported file is a formula, whichever view exports it."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from inspect import isclass

import pytest
from django.urls import get_resolver
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect

from accounts.models import AccountEvent
from publishing.spreadsheets import csv_response, spreadsheet_safe
from tests.support.factories import make_user
from tests.support.paths import ROOT

FORMULAS = ["=1+1", "+1+cmd|' /C calc'!A0", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1", "|calc", "%0A=1"]
FORMULAS += ["\uff1d1+1", "\uff0b1", "\uff0d1+1", "\uff20SUM(1)", "\u200b=1", "\ufeff=1", " \u2060 =1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_quoted(text):
    assert spreadsheet_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "-5", "12.5", "a=b", "ada@example.org"])
def test_other_text_stays_as_it_is(text):
    assert spreadsheet_safe(text) == text


def test_every_cell_of_a_file_of_ours_is_guarded():
    lines = csv_response("a.csv", ["=1", "B"], [["=1", 2], ["b", "@c"]]).content.decode().splitlines()

    assert lines == ["=1,B", "'=1,2", "b,'@c"]


MOMENT = datetime(2026, 11, 29, 3, 30, tzinfo=UTC)


def test_a_moment_in_a_file_of_ours_is_local():
    assert csv_response("a.csv", ["A"], [[MOMENT]]).content == b"A\r\n2026-11-28 22:30:00-05:00\r\n"


@pytest.mark.parametrize(
    ("export_format", "text"), [("csv", "2026-11-28 22:30:00-05:00"), ("xlsx", "2026-11-28 22:30:00")]
)
def test_a_moment_in_wagtails_files_is_local(export_format, text):
    assert str(SpreadsheetExportMixin().preprocess_field_value("a", MOMENT, export_format)) == text


def test_no_other_module_writes_csv():
    writers = [
        path.name
        for room in ("site", "papers", "blog")
        for path in (ROOT / room).rglob("*.py")
        if "csv.writer" in path.read_text("utf-8")
    ]

    assert writers == ["spreadsheets.py"]


def test_one_way_to_name_a_download():
    """A name with quotes or letters of another script breaks a header put together by hand."""
    by_hand = [
        path.name
        for room in ("site", "papers", "blog")
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"attachment;|filename=[\"']", path.read_text("utf-8"))
    ]

    assert by_hand == []


def exporters() -> set[type[SpreadsheetExportMixin]]:
    """Return the class of every view that can export what it lists."""

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns)
                continue
            view = pattern.callback
            while view is not None:
                yield getattr(view, "view_class", None)
                view = getattr(view, "__wrapped__", None)

    views = walk(get_resolver().url_patterns)
    return {view for view in views if isclass(view) and issubclass(view, SpreadsheetExportMixin)}


def test_every_exporter_of_the_admin_guards_its_cells():
    views = exporters()

    assert len(views) > 10
    assert {
        view.__qualname__
        for view in views
        for text in FORMULAS
        if view().preprocess_field_value("", text, "csv") != f"'{text}"
    } == set()


@pytest.mark.django_db
def test_a_formula_in_a_path_or_an_event_comes_out_of_an_export_as_text(client):
    client.force_login(make_user(is_superuser=True))
    Redirect.objects.create(old_path="/x", redirect_link="=HYPERLINK(1)")
    AccountEvent.objects.create(action="signed_in", person=make_user(name="=cmd|calc"), details="=1+1")

    for address in ("/admin/redirects/?export=csv", "/admin/account-events/?export=csv"):
        rows = list(csv.reader(io.StringIO(b"".join(client.get(address)).decode())))
        assert len(rows) > 1
        assert [cell for row in rows[1:] for cell in row if cell[:1] in "=+-@" and cell] == []
