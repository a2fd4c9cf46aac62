"""Finding the page of an address."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from wagtail.models import Page, PageViewRestriction, Site

from blog.models import PostIndex
from home.models import HomePage
from papers.models import PaperIndex
from publishing.models import all_pages
from publishing.routing import find_page
from tests.support.factories import make_paper, make_post

pytestmark = pytest.mark.django_db


def make_private(page: Page, kind: str = PageViewRestriction.PASSWORD) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="swordfish")


def status(client, address: str) -> int:
    return client.get(address).status_code


@pytest.mark.parametrize("address", ["/", "/blog/", "/blog/nurse/", "/papers/buses/", "/papers/buses/cite/"])
def test_pages_are_found_by_their_address(client, address):
    make_post(slug="nurse")
    make_paper(slug="buses")

    assert status(client, address) == HTTPStatus.OK


@pytest.mark.parametrize(
    "address",
    ["/nothing/", "/blog/nothing/", "/blog/nurse/nothing/", "/nurse/", "/papers/nurse/", "/blog/blog/"],
)
def test_an_address_of_no_page_is_not_found(client, address):
    make_post(slug="nurse")

    assert status(client, address) == HTTPStatus.NOT_FOUND


def test_a_draft_is_not_found(client):
    make_post(slug="nurse", live=False)

    assert status(client, "/blog/nurse/") == HTTPStatus.NOT_FOUND


@pytest.fixture
def _sites_are_asked_for_again():
    yield
    Site.clear_site_root_paths_cache()  # which the end of the test does not undo


@pytest.mark.usefixtures("_sites_are_asked_for_again")
def test_a_page_of_another_site_is_not_found(client):
    root = Page.objects.get(depth=1)
    elsewhere = root.add_child(instance=HomePage(title="Elsewhere", slug="elsewhere"))
    Site.objects.create(hostname="elsewhere.example", root_page=elsewhere)
    elsewhere.add_child(instance=PostIndex(title="Notes", slug="notes"))

    assert status(client, "/notes/") == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("above", [HomePage, PaperIndex])
@pytest.mark.parametrize("address", ["/papers/buses/", "/papers/buses/cite/"])
def test_a_page_below_a_private_one_asks_for_the_password(client, above, address):
    make_paper(slug="buses", title="Buses for three towns")
    make_private(above.objects.get())

    shown = client.get(address).content.decode()

    assert 'type="password"' in shown
    assert "three towns" not in shown


@pytest.mark.usefixtures("_sites_are_asked_for_again")
@pytest.mark.parametrize("root", [HomePage, PostIndex])
@pytest.mark.parametrize("is_private", [True, False])
def test_the_root_of_a_site_asks_for_the_password_if_it_is_private_or_below(client, root, is_private):
    Site.objects.update(root_page=root.objects.get())
    make_post(title="Three nurses")
    if is_private:
        make_private(HomePage.objects.get())

    shown = client.get("/").content.decode()

    assert ('type="password"' in shown) is is_private
    assert ("Three nurses" in shown) is not is_private


def test_a_private_page_asks_for_the_password(client):
    post = make_post(slug="nurse", introduction="She starts early.")
    make_private(post)

    shown = client.get("/blog/nurse/").content.decode()

    assert 'type="password"' in shown
    assert "She starts early." not in shown


def test_an_alias_is_as_private_as_its_source(client):
    post = make_post(slug="nurse", introduction="She starts early.")
    post.create_alias(update_slug="nurse-again", parent=PostIndex.objects.get())
    make_private(post)

    assert "She starts early." not in client.get("/blog/nurse-again/").content.decode()


def test_a_page_below_a_private_one_is_in_no_list(client):
    public, private = make_post(title="Public"), make_paper(title="Private")
    make_private(PaperIndex.objects.get(), PageViewRestriction.LOGIN)

    titles = set(all_pages().published().publications().values_list("title", flat=True))

    assert titles == {public.title}
    assert private.title not in client.get("/").content.decode()


def test_a_page_beside_a_private_one_is_public():
    first, second = make_post(title="First"), make_post(title="Second")
    make_private(first)

    assert second in PostIndex.objects.get().get_children().specific()
    assert list(all_pages().published().publications()) == [second.page_ptr]


@pytest.mark.parametrize(("address", "queries"), [("/nothing/", 2), ("/blog/nurse/nothing/", 3)])
def test_a_path_costs_the_same_whatever_its_length(address, queries, rf, django_assert_num_queries):
    make_post(slug="nurse")
    request = rf.get(address)
    find_page(rf.get(address), ["blog", "nurse"])  # content types are known from now on

    with django_assert_num_queries(queries):
        assert find_page(request, address.strip("/").split("/")) is None
