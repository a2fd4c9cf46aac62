"""Talking about a page of a paper, and finding the passage again in a later edition."""

from __future__ import annotations

from datetime import date

import pytest

from discussion.models import Comment
from discussion.text.anchors import Anchor
from papers.models import Paper
from papers.reader.passages import MAX_QUOTATIONS
from tests.support.comments import about, make_comment, post_comment, post_guest_comment, visible_text
from tests.support.factories import make_post, make_user
from tests.support.paper_files import make_read_edition

pytestmark = pytest.mark.django_db
WORDS = "A saving that ends in a worse service is a cut."


def test_the_form_for_a_page_says_which_passage_it_is_about(client):
    edition = make_read_edition(pages=["One", WORDS])

    form = client.get(f"/discussion/about/{edition.paper_id}/", about(edition, 2, "worse\nservice"))

    assert "On p. 2: worse service" in visible_text(form)
    assert '<input type="hidden" name="anchor_page" value="2"' in form.content.decode()


def test_nobody_keeps_a_form_about_a_passage_with_somebodys_details_in_it(client):
    edition = make_read_edition(pages=["One", WORDS])
    post_guest_comment(client, edition.paper, remember="on")

    form = client.get(f"/discussion/about/{edition.paper_id}/", about(edition, 2))

    assert b"grace@example.org" in form.content
    assert form["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("number", "page"), [(1, 3), (2, 1), (0, 0), ("x", 1), (1, "9" * 30)])
def test_there_is_no_form_for_a_passage_that_is_not_there(client, number, page):
    paper = make_read_edition(pages=["One", "Two"]).paper
    anchor = {"anchor_edition": number, "anchor_page": page}

    assert client.get(f"/discussion/about/{paper.pk}/", anchor).status_code == 404
    assert client.get(f"/discussion/about/{make_post().pk}/", {**anchor, "anchor_page": 1}).status_code == 404


def test_words_that_are_not_on_the_page_are_not_put_into_its_mouth(client):
    edition = make_read_edition(pages=["One"])
    client.force_login(make_user())

    response = post_comment(client, edition.paper, **about(edition, 1, "We were wrong all along."))

    assert response.status_code == 303
    comment = Comment.objects.get()
    assert (comment.anchor_edition, comment.anchor_page, comment.anchor_quote) == (1, 1, "")


def test_a_comment_about_no_page_of_the_paper_is_refused_with_a_sentence(client):
    edition = make_read_edition(pages=["One"])

    response = post_guest_comment(client, edition.paper, **about(edition, 7))

    assert response.status_code == 422
    assert "We could not find the passage" in visible_text(response)


def test_words_about_an_earlier_edition_are_found_again_in_the_newest(client):
    first = make_read_edition(pages=[WORDS], publication_date=date(2009, 3, 1))
    make_comment(on=first.paper, text="Hear, hear.", **about(first, 1, "ends in a worse service"))
    make_read_edition(first.paper, pages=["A new preface", WORDS], publication_date=date(2011, 3, 1))
    url = first.paper.url

    assert "On p. 2 (p. 1 of the 1st edition): ends in a worse service" in visible_text(client.get(url))
    page = visible_text(client.get(f"{url}read/2/"))
    assert "Hear, hear." in page
    assert "About page 1 of the 1st edition." in page


def test_words_that_the_newest_edition_dropped_stand_as_about_the_earlier_one(client):
    first = make_read_edition(pages=[WORDS], publication_date=date(2009, 3, 1))
    make_comment(on=first.paper, **about(first, 1, "a worse service"))
    make_read_edition(first.paper, pages=["All is well"], publication_date=date(2011, 3, 1))
    url = first.paper.url

    thread = client.get(url)

    assert "About the 2009 edition, p. 1: a worse service" in visible_text(thread)
    assert f'href="{url}editions/1/read/1/"' in thread.content.decode()


def test_a_withdrawn_edition_is_named_and_not_led_to(client):
    edition = make_read_edition(pages=[WORDS], publication_date=date(2009, 3, 1))
    make_comment(on=edition.paper, **about(edition, 1))
    edition.withdraw(reason="Wrong.")

    thread = client.get(edition.paper.url)

    assert "About the 2009 edition, p. 1" in visible_text(thread)
    assert "read/1/" not in thread.content.decode()


def test_a_page_of_a_discussion_looks_for_so_many_quotations_and_no_more():
    """Each is searched for in every page of the newest edition; the rest stay with the one they quote."""
    words = [f"saving{number}" for number in range(MAX_QUOTATIONS + 1)]
    paper = make_read_edition(pages=[" ".join(words)]).paper
    make_read_edition(paper, pages=["A new preface", " ".join(words)])
    paper = Paper.objects.get(pk=paper.pk)

    described = paper.describe_anchors({word: Anchor(1, 1, word) for word in words})

    found = [word for word in words if described[word].url.endswith("/read/2/")]
    assert found == words[:MAX_QUOTATIONS]


def test_a_page_marks_so_many_quotations_and_no_more(client):
    words = [f"saving{number}" for number in range(MAX_QUOTATIONS + 1)]
    edition = make_read_edition(pages=[" ".join(words)])
    member = make_user()
    for word in words:
        make_comment(on=edition.paper, by=member, text=word, **about(edition, 1, word))

    page = client.get(f"{edition.paper.url}read/1/").content.decode()

    assert page.count('class="reader__quoted"') == MAX_QUOTATIONS
