"""What is no good PDF is refused at the form, with a reason, in time."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

import sandbox
from papers.pdf.preflight import PreflightError, PreflightResult, RejectionReason, run_preflight
from papers.pdf.warnings import PdfWarning, WarningKind
from tests.support import pdf_files
from tests.support.paths import ROOT

REAL = ROOT.parent / "shared" / "data" / "pdf"

REAL_PAGES = {
    "GeoTopo-komprimiert.pdf": 117,
    "crazyones-pdfa.pdf": 1,
    "google-doc-document.pdf": 1,
    "habibi.pdf": 1,
    "multicolumn.pdf": 3,
    "pdflatex-4-pages.pdf": 4,
    "pdflatex-outline.pdf": 4,
}


def real(name: str) -> Path:
    path = REAL / name
    if not path.is_file():
        pytest.skip(f"the collection of real files is not here: {name} is missing")
    return path


def reason_against(path: Path, **limits: float) -> RejectionReason:
    """Return why ``path`` is refused, having seen that it did not take long."""
    began = time.monotonic()
    with pytest.raises(PreflightError) as refusal:
        run_preflight(path, **limits)
    assert time.monotonic() - began < 7
    return refusal.value.reason


@pytest.mark.parametrize(("name", "pages"), REAL_PAGES.items())
def test_a_real_file_is_taken(name, pages):
    path = real(name)

    examination = run_preflight(path)

    assert examination == PreflightResult(
        page_count=pages,
        size=path.stat().st_size,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def test_a_real_file_with_a_password_is_refused():
    assert reason_against(real("libreoffice-writer-password.pdf")) is RejectionReason.ENCRYPTED


def test_half_of_a_real_file_is_refused(tmp_path):
    whole = real("GeoTopo-komprimiert.pdf").read_bytes()
    path = tmp_path / "half.pdf"
    path.write_bytes(whole[: len(whole) // 2])

    assert reason_against(path) is RejectionReason.BROKEN


def test_a_file_is_known_by_its_contents(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"], ["Two"])

    assert run_preflight(path) == PreflightResult(
        2, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()
    )


@pytest.mark.parametrize(
    "contents",
    [
        b"",
        b"<!doctype html><title>Pay here</title>",
        b"<script>/*%PDF-1.7*/</script>",
        b"PK\x03\x04 a zip",
        b"\0" * 5000,
    ],
    ids=["nothing", "html", "html with a heading of a PDF", "zip", "zeros"],
)
def test_what_does_not_begin_like_a_pdf_is_refused(tmp_path, contents):
    path = tmp_path / "renamed.pdf"
    path.write_bytes(contents)

    assert reason_against(path) is RejectionReason.NOT_A_PDF


def test_blanks_before_the_beginning_are_forgiven(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"])
    path.write_bytes(b"\r\n" + path.read_bytes())

    assert run_preflight(path).page_count == 1


@pytest.mark.parametrize("run_on_commit", [0.05, 0.5, 0.75])
def test_a_truncated_file_is_refused(tmp_path, run_on_commit):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"])
    path.write_bytes(path.read_bytes()[: int(run_on_commit * path.stat().st_size)])

    assert reason_against(path) is RejectionReason.BROKEN


def test_a_locked_file_is_refused(tmp_path):
    path = pdf_files.make_locked_pdf(tmp_path / "locked.pdf", password="only for us")

    assert reason_against(path) is RejectionReason.ENCRYPTED


def test_a_file_that_opens_for_all_but_is_restricted_is_taken_and_noted(tmp_path):
    path = pdf_files.make_locked_pdf(tmp_path / "restricted.pdf", password="")

    assert run_preflight(path).warnings == (PdfWarning(WarningKind.RESTRICTED),)


def test_a_file_with_too_many_pages_is_refused(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "long.pdf", ["One"], ["Two"], ["Three"])

    assert run_preflight(path, max_pages=3).page_count == 3
    assert reason_against(path, max_pages=2) is RejectionReason.TOO_MANY_PAGES


def test_a_file_that_claims_a_million_pages_is_refused(tmp_path):
    pages = {pdf_files.PAGES: b"<< /Type /Pages /Count 1000000 /Kids [100 0 R] >>"}
    path = pdf_files.make_pdf(tmp_path / "liar.pdf", ["One"], objects=pages)

    assert reason_against(path) is RejectionReason.TOO_MANY_PAGES


def test_a_page_tree_without_an_end_is_refused(tmp_path):
    assert reason_against(pdf_files.make_looping_page_tree(tmp_path / "loop.pdf")) is RejectionReason.BROKEN


def test_ten_thousand_branches_deep_is_too_deep_for_a_page(tmp_path):
    path = pdf_files.make_deep_page_tree(tmp_path / "deep.pdf", levels=10_000)

    assert reason_against(path) in {RejectionReason.BROKEN, RejectionReason.TOO_HARD}


def test_ten_thousand_arrays_within_each_other_do_no_harm(tmp_path):
    path = pdf_files.make_deep_nesting(tmp_path / "nested.pdf", levels=10_000)

    assert run_preflight(path).page_count == 1


def test_a_bomb_that_must_burst_before_the_file_opens_is_refused(tmp_path):
    path = pdf_files.make_bomb_in_the_cross_references(tmp_path / "bomb.pdf", megabytes=2000)

    assert path.stat().st_size < 100_000
    assert reason_against(path) in {RejectionReason.BROKEN, RejectionReason.TOO_HARD}


def test_a_bomb_on_a_page_is_not_touched_at_the_form(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "bomb.pdf", ["One"], pdf_files.bomb_page(2000))

    assert run_preflight(path).page_count == 2


def test_a_file_that_takes_too_long_is_too_hard(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"])

    assert reason_against(path, seconds=0.001) is RejectionReason.TOO_HARD


def test_a_fault_of_the_site_is_not_blamed_on_the_file(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"])

    with pytest.raises(RuntimeError) as fault:
        run_preflight(path, megabytes=1)

    assert not isinstance(fault.value, sandbox.SandboxError | PreflightError)
