"""What readers are told about a file: never more than is known. Needs no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from papers.accessibility.outcomes import Outcome
from papers.accessibility.statements import accessibility_statement


@dataclass
class File:
    language: str = "en"
    tagged: bool = True


@dataclass
class Report:
    total: int = 0


@dataclass
class Review:
    outcome: str
    reason: str = ""
    fix_by: date | None = None
    decided_at: datetime = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_an_unchecked_file_has_no_statement():
    assert accessibility_statement(File(), None, None) == []
    assert accessibility_statement(None, Report(), None) == []


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (File(), "The file is tagged and in English."),
        (File(language=""), "The file is tagged."),
        (File(tagged=False), "The file is in English and not tagged."),
        (File(language="", tagged=False), "The file is not tagged."),
    ],
)
def test_the_first_sentence_says_how_the_file_is_built(file, sentence):
    assert accessibility_statement(file, Report(), None)[0] == sentence


@pytest.mark.parametrize(
    ("report", "review", "sentence"),
    [
        (Report(0), None, "Accessibility check: no issues found automatically."),
        (Report(2), None, "The automatic accessibility check found issues in it."),
        (
            Report(0),
            Review(Outcome.READY),
            "Accessibility check: no issues found automatically. "
            "A person reviewed the file on March 2, 2026.",
        ),
        (Report(2), Review(Outcome.READY), "A person reviewed it on March 2, 2026."),
        (
            Report(2),
            Review(Outcome.KNOWN_PROBLEMS, reason="Table 2 is a picture.", fix_by=date(2026, 5, 1)),
            "It has known problems, which will be fixed by May 1, 2026: Table 2 is a picture.",
        ),
        (Report(2), Review(Outcome.ARCHIVED), "It is an archived document, kept unchanged."),
        (
            Report(2),
            Review(Outcome.HTML_ONLY),
            "It does not work with assistive technology. Read the white paper online instead.",
        ),
    ],
)
def test_the_second_sentence_says_what_check_and_review_found(report, review, sentence):
    assert accessibility_statement(File(), report, review)[1] == sentence
