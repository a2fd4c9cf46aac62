"""``{% part %}``."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from pagecache import fragments
from publishing.models import Authorship, Topic, TopicLink
from tests.support.factories import make_author, make_paper, make_post, make_topic
from tests.support.page_versions import publish_bumps


@pytest.fixture(autouse=True)
def _none_kept():
    fragments.clear()


def shown(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


class Link(NamedTuple):
    title: str
    url: str


CHIPS = '{% part "components/chips.html" label="Topics" links=links %}'


def test_a_part_prints_what_an_include_does():
    include = '{% include "components/chips.html" with label="Topics" links=links only %}'
    links = (Link("Nurses & buses", "/topics/nurses/"),)

    assert shown(CHIPS, links=links) == shown(include, links=links)
    assert "Nurses &amp; buses" in shown(CHIPS, links=links)


def test_a_part_follows_its_values():
    shown(CHIPS, links=(Link("Nurses", "/topics/nurses/"),))

    assert "Buses" in shown(CHIPS, links=(Link("Buses", "/topics/buses/"),))


def test_a_part_sees_nothing_but_its_values():
    assert "Secret" not in shown('{% part "components/notice.html" tone="info" %}', text="Secret")


def test_a_lazy_translation_is_a_value():
    assert "Search" in shown('{% part "components/notice.html" text=text %}', text=gettext_lazy("Search"))


@pytest.mark.parametrize("value", [Topic(name="Buses"), ["Buses"], {"name": "Buses"}])
def test_what_may_change_unnoticed_is_refused(value):
    with pytest.raises(TypeError, match="A part takes"):
        shown(CHIPS, links=(value,))


def test_values_that_are_equal_but_print_otherwise_are_other_values():
    notice = '{% part "components/notice.html" text=text %}'

    assert "<b>" in shown(notice, text=mark_safe("<b>Nurses</b>"))
    assert "<b>" not in shown(notice, text="<b>Nurses</b>")
    assert ">1<" in shown(notice, text=1)
    assert ">True<" in shown(notice, text=True)
    assert ">1.0<" in shown(notice, text=1.0)


def test_markup_within_a_tuple_is_another_value_than_the_same_text():
    bold = "<b>Nurses</b>"

    assert bold in shown(CHIPS, links=(Link(mark_safe(bold), "/"),))
    assert bold not in shown(CHIPS, links=(Link(bold, "/"),))


@pytest.fixture
def read(client):
    """Return what a page says, which is kept from then on, as outside of a test's transaction."""

    def read(address: str) -> str:
        publish_bumps()
        return client.get(address).content.decode()

    return read


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_post, make_paper])
def test_a_part_of_a_page_is_kept_until_what_it_reads_has_changed(make, read):
    page, author, topic = make(title="First title"), make_author("Ann"), make_topic("Buses")
    assert "First title" in read(page.url)

    type(page).objects.filter(pk=page.pk).update(title="Second title")
    assert "Second title" in read(page.url)
    Authorship.objects.create(page=page, author=author)
    TopicLink.objects.create(page=page, topic=topic)
    shown = read(page.url)
    assert "Ann" in shown
    assert "Buses" in shown
    Topic.objects.update(name="Shared buses")
    assert "Shared buses" in read(page.url)


@pytest.mark.django_db
def test_a_page_that_is_seen_again_costs_only_finding_it(read, client):
    post = make_post(comments_open=False)
    read(post.url)

    with CaptureQueriesContext(connection) as captured:
        client.get(post.url)

    assert not [query for query in captured if "publishing_authorship" in query["sql"]]


@pytest.mark.django_db
def test_a_draft_is_shown_as_it_is_in_its_preview(read, rf):
    post = make_post(title="Published title")
    read(post.url)
    post.refresh_from_db()
    post.title = "Draft title"

    preview = post.make_preview_request(rf.get("/"))

    assert "Draft title" in preview.content.decode()
