"""A paper that is renamed or moved, or whose list is, is found at all its old addresses."""

from __future__ import annotations

import pytest

from papers.models import Paper, PaperIndex
from tests.support.factories import make_paper
from tests.support.paper_files import make_read_edition

pytestmark = pytest.mark.django_db

UNDER = [
    "", "download/", "read/", "read/2/", "editions/1/download/", "editions/1/read/2/", "editions/2/download/",
    "cite/", "cite/ris/", "feed/", "read/text/", "editions/1/read/text/", "editions/1/read/1/picture-webp/",
]  # fmt: skip


@pytest.fixture
def paper():
    first = make_read_edition(make_paper(slug="buses"), pages=["One", "Two"])
    make_read_edition(first.paper, pages=["One", "Two", "Three"])
    paper = Paper.objects.get()
    paper.save_revision().publish()
    return paper


def renamed(page, slug):
    page.slug = slug
    page.save_revision().publish()


def moved_to_another_list(paper):
    other = PaperIndex(title="Library", slug="library")
    PaperIndex.objects.get().get_parent().add_child(instance=other)
    paper.move(other, pos="last-child")


@pytest.mark.parametrize(
    ("change", "new"),
    [
        (lambda paper: renamed(paper, "shared-buses"), "/papers/shared-buses/"),
        (lambda paper: renamed(PaperIndex.objects.get(), "library"), "/library/buses/"),
        (moved_to_another_list, "/library/buses/"),
    ],
    ids=["the paper renamed", "its list renamed", "moved to another list"],
)
def test_every_old_address_answers_301(client, run_on_commit, paper, change, new):
    with run_on_commit():
        change(paper)

    for under in UNDER:
        for query in ("", "?q=nurse&zoom=150"):
            response = client.get(f"/papers/buses/{under}{query}")
            assert (response.status_code, response.get("Location")) == (301, f"{new}{under}{query}")
        assert client.get(f"{new}{under}").status_code == 200


def test_a_second_rename_leaves_no_chain_of_redirects(client, run_on_commit, paper):
    for slug in ("first-name", "second-name"):
        paper = Paper.objects.get()
        with run_on_commit():
            renamed(paper, slug)

    for old in ("buses", "first-name"):
        response = client.get(f"/papers/{old}/editions/1/read/2/")
        assert (response.status_code, response["Location"]) == (301, "/papers/second-name/editions/1/read/2/")
