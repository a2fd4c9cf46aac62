"""CSV and spreadsheet files, in which nothing that somebody typed is run as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import is_aware, localtime
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from mail.invisible import without_invisible

# Full-width signs begin a formula in East Asian editions of Excel.
FORMULA = re.compile(r"\s*[=+\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def local(value: object) -> object:
    """Return a moment in the site's time zone, and anything else as it is."""
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value


def spreadsheet_safe(text: str) -> str:
    """Return ``text`` so that no spreadsheet program runs it as a formula: quoted where it could be one."""
    return f"'{text}" if FORMULA.match(without_invisible(text)) and not NUMBER.fullmatch(text) else text


def csv_response(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a CSV file called ``name``. Every file of ours is written here, every cell guarded."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
    writer = csv.writer(response)
    writer.writerow([str(cell) for cell in header])
    writer.writerows([spreadsheet_safe(str(local(cell))) for cell in row] for row in rows)
    return response


def guard_wagtails_exports() -> None:
    """Guard the cells of every list and report that the admin exports, and write moments in local time.

    Wagtail's exporters share one mixin, which offers no setting for it: the
    method that prepares a cell is wrapped, once, when the site starts.
    """
    prepare = SpreadsheetExportMixin.preprocess_field_value
    if getattr(prepare, "is_guarded", False):
        return

    def guarded(self: SpreadsheetExportMixin, field: str, value: Any, export_format: str) -> Any:
        value = local(value)
        if isinstance(value, datetime) and export_format == self.FORMAT_XLSX:
            value = value.replace(tzinfo=None)  # Wagtail would make it one of UTC
        prepared = prepare(self, field, value, export_format)
        return spreadsheet_safe(prepared) if isinstance(prepared, str) else prepared

    vars(guarded)["is_guarded"] = True
    SpreadsheetExportMixin.preprocess_field_value = guarded
