"""Every door by which a file, or word of it, might get out."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from papers.editions import access
from papers.models import Edition, Paper, PaperIndex
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import make_edition, make_editor

pytestmark = pytest.mark.django_db

DRAFT, WITHDRAWN = Edition.State.DRAFT, Edition.State.WITHDRAWN


def file_urls(edition):
    """Return the status of each address at which a stranger might ask for an edition's file."""
    return {
        "newest": f"{edition.paper.url_path.removeprefix('/home')}download/",
        "edition": f"{edition.paper.url_path.removeprefix('/home')}editions/{edition.number}/download/",
        "document": edition.document.url,
    }


def responses_of(client, edition):
    return {kind: client.get(address).status_code for kind, address in file_urls(edition).items()}


def restrict(page, kind=PageViewRestriction.LOGIN, **fields):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)


def test_a_published_edition_of_a_published_paper_can_be_had(client):
    assert responses_of(client, make_edition()) == {"newest": 200, "edition": 200, "document": 200}


def test_a_draft_edition_is_not_there(client):
    edition = make_edition(state=DRAFT)

    assert responses_of(client, edition) == {"newest": 404, "edition": 404, "document": 404}
    assert "1st edition" not in client.get(edition.paper.url).content.decode()


def test_a_withdrawn_edition_is_gone_with_a_kind_page(client):
    edition = make_edition(make_paper(title="Shared buses"))
    edition.withdraw(reason="A table was wrong.")

    assert responses_of(client, edition) == {"newest": 410, "edition": 410, "document": 404}
    page = client.get(file_urls(edition)["edition"]).content.decode()
    assert "A table was wrong." in page
    assert edition.paper.url in page
    assert "A table was wrong." in client.get(edition.paper.url).content.decode()


def test_behind_a_withdrawn_edition_the_one_before_is_the_newest_again(client):
    first = make_edition()
    second = make_edition(first.paper)
    second.withdraw(reason="Numbers were wrong.")

    assert responses_of(client, first) == {"newest": 200, "edition": 200, "document": 200}
    assert client.get(file_urls(second)["edition"]).status_code == 410


def test_the_edition_of_an_unpublished_paper_is_not_there(client):
    edition = make_edition(make_paper(live=False))

    assert responses_of(client, edition) == {"newest": 404, "edition": 404, "document": 404}


def test_unpublishing_a_paper_closes_its_addresses(client):
    edition = make_edition()

    edition.paper.unpublish()

    assert responses_of(client, edition) == {"newest": 404, "edition": 404, "document": 404}


def test_a_paper_for_members_lets_its_file_out_to_members_only(client):
    edition = make_edition()
    restrict(edition.paper)

    assert responses_of(client, edition) == {"newest": 302, "edition": 302, "document": 404}
    client.force_login(make_user())
    assert responses_of(client, edition) == {"newest": 200, "edition": 200, "document": 200}
    cache_control = client.get(file_urls(edition)["newest"])["Cache-Control"]
    assert "no-store" in cache_control
    assert "public" not in cache_control


def test_a_paper_for_a_group_lets_its_file_out_to_that_group_only(client):
    edition = make_edition()
    rule = restrict(edition.paper, PageViewRestriction.GROUPS)
    rule.groups.add(Group.objects.create(name="Board"))

    client.force_login(make_user())
    assert responses_of(client, edition)["document"] == 404
    client.force_login(board := make_user())
    board.groups.add(Group.objects.get(name="Board"))
    assert responses_of(client, edition) == {"newest": 200, "edition": 200, "document": 200}


def test_a_paper_behind_a_password_asks_for_it_at_every_address(client):
    edition = make_edition()
    restrict(edition.paper, PageViewRestriction.PASSWORD, password="quabbin")

    response = client.get(file_urls(edition)["newest"])

    assert not response.streaming
    assert b"%PDF" not in response.content
    assert client.get(file_urls(edition)["document"]).status_code == 404


def test_a_private_list_of_papers_makes_its_papers_private(client):
    edition = make_edition()
    restrict(PaperIndex.objects.get())

    assert responses_of(client, edition) == {"newest": 302, "edition": 302, "document": 404}
    assert not Edition.objects.public().exists()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_file_is_only_read(client, method):
    response = getattr(client, method)(file_urls(make_edition())["edition"])

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_the_newest_edition_that_can_be_had_is_found_or_else_the_newest_there_is():
    paper = make_paper()
    for state in (Edition.State.PUBLISHED, Edition.State.PUBLISHED, WITHDRAWN, DRAFT):
        make_edition(paper, state=state)

    def found(number=None):
        edition = access.find(Paper.objects.get(), number)
        return edition and edition.number

    assert [found(number) for number in (None, 1, 2, 3, 4, 5)] == [2, 1, 2, 3, None, None]
    Edition.objects.update(state=WITHDRAWN)
    assert found() == 4
    Edition.objects.update(state=DRAFT)
    assert found() is None


def test_readable_editions_are_those_a_stranger_may_have():
    out = make_edition()
    make_edition(out.paper, state=DRAFT)
    make_edition(out.paper, state=WITHDRAWN)
    make_edition(make_paper(live=False))
    hidden = make_edition()
    restrict(hidden.paper)

    assert list(Edition.objects.public()) == [out]


def test_editors_reach_the_file_of_a_draft_and_plain_members_do_not(client):
    edition = make_edition(make_paper(live=False), state=DRAFT)
    inside = reverse("papers_admin:file", args=[edition.paper_id, edition.number])

    client.force_login(make_editor())
    assert client.get(inside).status_code == 200
    assert client.get(edition.document.url).status_code == 200
    assert "no-store" in client.get(inside)["Cache-Control"]
    client.force_login(make_user())
    assert client.get(inside).status_code in (302, 403)
    assert client.get(edition.document.url).status_code == 404


def test_a_file_of_two_papers_goes_out_where_one_of_them_lets_it(client):
    edition = make_edition(make_paper(live=False))
    make_edition(document=edition.document)

    assert client.get(edition.document.url).status_code == 200


@pytest.mark.parametrize("number", ["0", "7", "99999999999999999999999", "-1", "one"])
def test_a_number_never_given_out_is_not_there(client, number):
    paper = make_edition().paper

    assert client.get(f"{paper.url}editions/{number}/download/").status_code == 404


def test_a_paper_without_an_edition_has_no_download(client):
    paper = make_paper()

    assert client.get(f"{paper.url}download/").status_code == 404
    assert client.get(paper.url).status_code == 200


def test_after_a_rename_every_old_address_leads_to_the_new_one(client, django_capture_on_commit_callbacks):
    first = make_edition(make_paper(slug="old-name"))
    make_edition(first.paper)
    paper = Paper.objects.get()
    paper.save_revision().publish()

    paper.slug = "new-name"
    with django_capture_on_commit_callbacks(execute=True):
        paper.save_revision().publish()

    for under in ("", "feed/", "download/", "editions/1/download/", "editions/2/download/"):
        response = client.get(f"/papers/old-name/{under}")
        assert response.status_code == 301
        assert response["Location"] == f"/papers/new-name/{under}"
        assert client.get(response["Location"]).status_code == 200


def queries_to_read(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_a_list_of_twenty_papers_costs_no_more_queries_than_one(client):
    make_edition()
    client.get("/papers/")  # the first visit fills the site cache
    short = queries_to_read(client, "/papers/")

    for _ in range(19):
        make_edition(make_edition().paper)

    assert client.get("/papers/").content.decode().count("PDF, 1 page,") == 10
    assert queries_to_read(client, "/papers/") == short


def test_a_paper_with_ten_editions_costs_no_more_queries_than_with_one(client):
    paper = make_edition().paper
    client.get(paper.url)
    short = queries_to_read(client, paper.url)

    for _ in range(9):
        make_edition(paper)

    assert queries_to_read(client, paper.url) == short
