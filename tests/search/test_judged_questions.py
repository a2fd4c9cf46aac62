"""What people search for on the demo, and what must come first: the table beside this file."""

from __future__ import annotations

import html
import re
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from tests.support.sites import RunningSite

pytestmark = pytest.mark.xdist_group("browser")  # whose tests share the running demo


class Question(NamedTuple):
    kind: str
    query: str
    first: str


def read_table() -> list[Question]:
    lines = (Path(__file__).parent / "judged_questions.md").read_text(encoding="utf-8").splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")
    ]
    return [Question(*row) for row in rows[1:]]


QUESTIONS = read_table()


def first_result(page: str) -> str:
    """Return kicker and heading of the first result as a reader sees them."""
    result = re.search(r'<li class="result">(.*?)</li>', page, re.DOTALL)
    if result is None:
        return ""
    parts = re.findall(r'class="(?:kicker|result__title)">(.*?)</(?:p|h2)>', result[1], re.DOTALL)
    return ": ".join(html.unescape(re.sub(r"<[^>]+>", "", part)).strip() for part in parts)


def test_there_are_sixty_questions_and_none_twice():
    assert len(QUESTIONS) >= 60
    assert len({question.query for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question.kind}: {question.query}")
def test_the_best_result_comes_first(site: RunningSite, question: Question):
    until = time.monotonic() + 20
    # The worker may still be rewriting entries of the demo; one that is replaced just then is left out.
    while (found := first_result(read(f"{site.url}/search/?{urlencode({'q': question.query})}"))) != (
        question.first
    ) and time.monotonic() < until:
        time.sleep(0.5)

    assert found == question.first


def read(url: str) -> str:
    with urllib.request.urlopen(url) as response:
        return response.read().decode()
