"""The pages of authors and topics."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from publishing.models import Authorship
from tests.support.factories import make_author, make_paper, make_post, on

pytestmark = pytest.mark.django_db


def test_an_author_has_a_page_with_what_they_wrote(client):
    author = make_author("Quill Feather", role="Director", organisation="Harborview")
    Authorship.objects.create(page=make_post(title="On nurses"), author=author)

    page = client.get(author.get_absolute_url()).content.decode()

    assert "Director, Harborview" in page
    assert "On nurses" in page


def test_an_author_page_lists_papers_and_posts_in_one_order(client):
    author = make_author()
    for page in (
        make_post(title="First a post", first_published_at=on(2009)),
        make_paper(title="Then a paper", first_published_at=on(2010)),
        make_post(title="A draft", live=False),
    ):
        Authorship.objects.create(page=page, author=author)

    page = client.get(author.get_absolute_url()).content.decode()

    assert page.index("Then a paper") < page.index("First a post")
    assert "White paper" in page
    assert "A draft" not in page


def test_a_topic_nobody_knows_is_no_place(client):
    assert client.get("/topics/nowhere/").status_code == HTTPStatus.NOT_FOUND
