"""The paper's page in a real browser, and its catalog asked by a real harvester over a real connection."""

from __future__ import annotations

import pytest
from oaipmh_scythe import Scythe

PAPER = "/papers/building-capacity-in-small-districts/"

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_harvester_takes_the_whole_library_home(site):
    with Scythe(f"{site.url}/oai/") as harvester:
        records = list(harvester.list_records())
        assert harvester.identify().baseURL == f"{site.url}/oai/"

    # Others who share the site may have published more by now.
    demo = [record for record in records if record.metadata.get("creator")]
    assert len(demo) == 6
    assert all(record.metadata["title"] for record in records)


def test_a_citation_is_copied_with_one_click(site, chromium):
    page = chromium.new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    complaints = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.goto(f"{site.url}{PAPER}")

    page.get_by_text("Cite this white paper").click()
    page.get_by_role("button", name="Copy APA").click()
    page.get_by_role("button", name="Copied").wait_for()

    assert page.evaluate("navigator.clipboard.readText()").startswith("Quillfeather, A., Thistlewood, M.")
    page.get_by_role("button", name="Copy BibTeX").click()
    page.locator("button[data-copy-from=cite-bibtex]", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@techreport{")
    assert complaints == []  # of the policy against inline scripts, above all
    page.context.close()


def test_without_javascript_citations_are_there_to_be_selected(site, chromium):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.url}{PAPER}")

    page.get_by_text("Cite this white paper").click()

    assert page.locator("#cite-apa").inner_text().startswith("Quillfeather, A., Thistlewood, M.")
    assert page.get_by_role("button", name="Copy APA").count() == 0
    page.get_by_text("Show as RIS").click()
    assert page.locator("#cite-ris").inner_text().startswith("TY  - RPRT")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Download RIS").click()
    assert downloaded.value.suggested_filename == "building-capacity-in-small-districts-2.ris"
    page.context.close()
