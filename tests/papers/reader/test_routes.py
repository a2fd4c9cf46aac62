"""A paper read in the browser: its pages, their addresses, and who may read them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Edition, PageText, Paper
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db


def make_read_edition(paper=None, *, pages: list[str], outline=(), **fields) -> Edition:
    """Make an edition whose file says ``pages``."""
    edition = make_edition(paper, pages=len(pages), **fields)
    record = edition.document.record
    record.outline = [dict(zip(("level", "title", "page"), heading, strict=True)) for heading in outline]
    record.language = "en-US"
    record.save()
    PageText.objects.bulk_create(
        PageText(record=record, number=number, text=text) for number, text in enumerate(pages, 1)
    )
    return edition


def test_a_page_is_read_as_paragraphs_with_ways_on(client):
    edition = make_read_edition(pages=["Cover", "First.\n\nA <b>second</b> one.", "End"])
    url = edition.paper.url

    page = client.get(f"{url}read/2/").content.decode()

    assert '<p dir="auto">First.</p>' in page
    assert "A &lt;b&gt;second&lt;/b&gt; one." in page
    assert 'lang="en-US"' in page
    assert f'rel="prev" href="{url}read/1/"' in page
    assert f'rel="next" href="{url}read/3/"' in page


def test_the_landing_page_leads_to_the_reader_which_opens_at_page_one(client):
    paper = make_read_edition(pages=["The cover", "More"]).paper

    assert f'href="{paper.url}read/"' in client.get(paper.url).content.decode()
    assert "The cover" in client.get(f"{paper.url}read/").content.decode()


def test_an_edition_is_read_at_its_own_address_for_good_and_says_which_is_current(client):
    first = make_read_edition(pages=["Old words"])
    make_read_edition(first.paper, pages=["New words"])
    url = first.paper.url

    old = client.get(f"{url}editions/1/read/1/").content.decode()

    assert "Old words" in old
    assert "Go to the 2nd edition, the latest" in old
    assert "New words" in client.get(f"{url}read/1/").content.decode()


def test_going_to_a_page_by_its_number_leads_to_its_address(client):
    paper = make_read_edition(pages=["One", "Two"]).paper

    assert client.get(f"{paper.url}read/?page=2")["Location"] == f"{paper.url}read/2/"
    assert client.get(f"{paper.url}read/?page=99")["Location"] == f"{paper.url}read/2/"
    assert client.get(f"{paper.url}editions/1/read/?page=0")["Location"] == f"{paper.url}editions/1/read/1/"
    assert client.get(f"{paper.url}read/?page=x").status_code == 200


@pytest.mark.parametrize("page", ["0", "3", "99999999999999999999999", "-1", "one"])
def test_a_page_the_file_does_not_have_is_not_there(client, page):
    paper = make_read_edition(pages=["One", "Two"]).paper

    assert client.get(f"{paper.url}read/{page}/").status_code == 404
    assert client.get(f"{paper.url}editions/1/read/{page}/").status_code == 404


def test_a_file_that_could_not_be_read_has_no_reader(client):
    edition = make_edition()
    edition.document.record.delete()

    assert client.get(f"{edition.paper.url}read/").status_code == 404
    assert f"{edition.paper.url}read/" not in client.get(edition.paper.url).content.decode()


def test_the_outline_leads_to_its_pages_and_says_where_one_is(client):
    outline = [(1, "Beginning", 1), (2, "Middle", 2), (1, "Nowhere", None)]
    paper = make_read_edition(pages=["One", "Two", "Three"], outline=outline).paper

    page = client.get(f"{paper.url}read/3/").content.decode()

    assert f'<a href="{paper.url}read/2/" aria-current="location">Middle</a>' in page
    assert f'<a href="{paper.url}read/1/">Beginning</a>' in page
    assert "Nowhere" not in page


def test_pages_of_drafts_and_of_hidden_papers_are_not_there(client):
    draft = make_read_edition(pages=["Secret"], state=Edition.State.DRAFT)
    hidden = make_read_edition(make_paper(live=False), pages=["Secret"])

    for edition in (draft, hidden):
        url = edition.paper.url_path.removeprefix("/home")
        assert client.get(f"{url}read/1/").status_code == 404
        assert client.get(f"{url}editions/1/read/1/").status_code == 404


def test_pages_of_a_withdrawn_edition_are_gone(client):
    edition = make_read_edition(pages=["Wrong"])
    edition.withdraw(reason="A table was wrong.")

    response = client.get(f"{edition.paper.url}editions/1/read/1/")

    assert response.status_code == 410
    assert "A table was wrong." in response.content.decode()
    assert client.post(f"{edition.paper.url}read/").status_code == 405


def test_after_a_rename_the_old_addresses_of_pages_lead_to_the_new_ones(
    client, django_capture_on_commit_callbacks
):
    make_read_edition(make_paper(slug="old-name"), pages=["One", "Two"])
    paper = Paper.objects.get()
    paper.save_revision().publish()

    paper.slug = "new-name"
    with django_capture_on_commit_callbacks(execute=True):
        paper.save_revision().publish()

    for under in ("read/", "read/2/", "editions/1/read/", "editions/1/read/2/"):
        response = client.get(f"/papers/old-name/{under}")
        assert (response.status_code, response["Location"]) == (301, f"/papers/new-name/{under}")


def test_what_is_searched_for_is_marked_and_the_pages_that_have_it_are_listed(client):
    pages = ["Towns are sharing.", "A shared town, and shared towns <i>.", "Nurses"]
    paper = make_read_edition(pages=pages).paper

    page = client.get(f"{paper.url}read/2/", {"q": "sharing towns"}).content.decode()

    assert 'A <mark id="found">shared</mark> <mark>town</mark>, and' in page
    assert "and <mark>shared</mark> <mark>towns</mark> &lt;i&gt;." in page
    assert f'href="{paper.url}read/1/?q=sharing+towns#found"' in page
    assert f'<a href="{paper.url}read/2/?q=sharing+towns#found" aria-current="page">p. 2</a>' in page
    assert "p. 3" not in page
    assert f'rel="next" href="{paper.url}read/3/?q=sharing+towns"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_words_in_quotes_are_marked_side_by_side_only(client):
    paper = make_read_edition(pages=["The shared bus. A bus is shared."]).paper

    page = client.get(f"{paper.url}read/1/", {"q": '"shared bus"'}).content.decode()

    assert 'The <mark id="found">shared bus</mark>. A bus is shared.' in page


@pytest.mark.parametrize(
    ("written", "query"),
    [("résumé", "resume"), ("resume", "résumé"), ("ﬁnance", "finance"), ("תַּלְמִיד", "תלמיד"), ("كِتَاب", "كتاب")],
)
def test_accents_ligatures_and_vowels_are_no_hindrance(client, written, query):
    paper = make_read_edition(pages=[f"One {written} two."]).paper

    page = client.get(f"{paper.url}read/1/", {"q": query}).content.decode()

    assert f'One <mark id="found">{written}</mark> two.' in page


@pytest.mark.parametrize("query", ["\x00", '"', "a" * 10_000, "(", "<script>alert(1)</script>", "*", "🚌"])
def test_anything_may_be_searched_for_in_a_paper(client, query):
    paper = make_read_edition(pages=["One"]).paper

    response = client.get(f"{paper.url}read/1/", {"q": query, "zoom": query})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_tagged_page_is_shown_with_its_headings_lists_tables_and_figures(client):
    edition = make_read_edition(pages=["Heading Some words"])
    cells = [[{"text": "Town", "head": True}], [{"text": "Quabbin & Co", "head": False}]]
    PageText.objects.update(
        tagged_blocks=[
            {"kind": "heading", "level": 3, "text": "Heading"},
            {"kind": "heading", "level": 1, "text": "Chapter"},
            {"kind": "heading", "level": 3, "text": "Part"},
            {"kind": "list", "items": ["First <b>", "Second"]},
            {"kind": "table", "caption": "Towns", "rows": cells},
            {"kind": "figure", "text": "A map of the towns."},
        ]
    )

    page = client.get(f"{edition.paper.url}read/1/", {"q": "heading"}).content.decode()

    assert '<h2 dir="auto"><mark id="found">Heading</mark></h2>' in page
    assert '<h2 dir="auto">Chapter</h2>' in page
    assert '<h3 dir="auto">Part</h3>' in page
    assert '<li dir="auto">First &lt;b&gt;</li>' in page
    assert '<th scope="col" dir="auto">Town</th>' in page
    assert '<td dir="auto">Quabbin &amp; Co</td>' in page
    assert "A map of the towns." in page


def test_the_picture_stands_above_the_words_in_the_size_asked_for(client):
    edition = make_read_edition(pages=["One"])
    url = edition.paper.url

    page = client.get(f"{url}read/1/?zoom=200").content.decode()

    assert f'srcset="{url}editions/1/read/1/picture-webp/"' in page
    assert "reader__page--200" in page
    assert "reader__page--100" in client.get(f"{url}read/1/?zoom=7").content.decode()


def test_a_page_costs_the_same_queries_in_a_paper_of_one_page_and_of_many(client, django_assert_num_queries):
    short = make_read_edition(pages=["One"]).paper
    long = make_read_edition(pages=["One"] * 30).paper
    client.get(f"{short.url}read/1/")

    with CaptureQueriesContext(connection) as few:
        client.get(f"{short.url}read/1/")

    with django_assert_num_queries(len(few)):
        client.get(f"{long.url}read/1/")
