"""What is ready before the first request."""

from __future__ import annotations

import pytest
from django.template import engines
from django.urls import get_resolver

from config import warm_up
from tests.support.page_cache import connection_of_the_test, make_cache


def test_addresses_and_templates_of_public_pages_are_ready():
    loader = engines["django"].engine.template_loaders[0]
    loader.reset()

    warm_up.load_code()

    ready = {template.name for template in loader.get_template_cache.values()}
    assert {"base.html", "blog/post.html", "papers/paper.html", "discussion/discussion.html"} <= ready
    assert get_resolver().reverse("robots_txt") == "robots.txt"


@pytest.mark.django_db
def test_the_first_page_is_rendered_and_kept(tmp_path):
    process = make_cache(tmp_path, hosts={"127.0.0.1:8000"})

    with connection_of_the_test():
        warm_up.rehearse(process)

    assert process.counters.read("misses") == 1
    assert len(process.cache) == 1


def test_a_site_that_cannot_answer_yet_starts_all_the_same():
    def broken(environ, start_response):
        raise ConnectionError("no database")

    warm_up.warm_up(broken)
