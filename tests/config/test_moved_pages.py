"""A page that was renamed is found under every address it had, with the query."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect

from blog.models import Post
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(run_on_commit):
    post = make_post(slug="old-name")
    post.save_revision().publish()
    post = Post.objects.get(pk=post.pk)
    with run_on_commit():
        post.slug = "new-name"
        post.save_revision().publish()


@pytest.mark.parametrize("query", ["", "?talk=2", "?utm=a%20b&x="])
@pytest.mark.parametrize("under", ["", "feed/"])
def test_a_renamed_post_is_found_with_its_feed_and_its_query(client, renamed, under, query):
    response = client.get(f"/blog/old-name/{under}{query}")

    assert (response.status_code, response["Location"]) == (301, f"/blog/new-name/{under}{query}")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/blog/other/feed/", "/a/b/c/d/e/f/g/h/i/j/k/", "/blog/" + "a/" * 2000, "/%00/x/"],
    ids=["other", "deep", "endless", "null"],
)
def test_what_was_never_there_stays_missing(client, renamed, path):
    assert client.get(path).status_code == 404


def test_an_editors_own_redirect_leads_nowhere_below_itself(client, db):
    Redirect.objects.create(old_path="/promo", redirect_link="/blog/?tag=nurses")

    assert client.get("/promo/?a=1")["Location"] == "/blog/?tag=nurses"
    assert client.get("/promo/feed/").status_code == 404
