"""What is ready before the first request."""

from __future__ import annotations

import pytest
from django.template import engines
from django.urls import get_resolver

from config import warm_up
from pagecache.changes import sweep
from pagecache.entry_store import FileStore
from pagecache.models import DatabaseMark
from pagecache.version_table import new_number
from tests.support.factories import make_post
from tests.support.page_cache import ask, connection_of_the_test, make_cache
from tests.support.page_versions import forget_bumps, lose_bumps, publish_bumps


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


def restore_a_backup(post):
    post.save(update_fields=["title"])
    forget_bumps()
    DatabaseMark.objects.update(number=new_number())


def be_killed_after_the_commit(post):
    post.save(update_fields=["title"])
    lose_bumps()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [restore_a_backup, be_killed_after_the_commit])
def test_what_changed_while_nothing_ran_is_shown_by_the_first_answer(tmp_path, run_on_commit, change):
    store, post = FileStore(tmp_path / "entries", "build"), make_post(title="Before")
    publish_bumps()
    with run_on_commit():
        sweep()
    ask(make_cache(tmp_path / "one", store=store), post.url)
    post.title = "After"
    change(post)
    process = make_cache(tmp_path / "two", store=store)

    with connection_of_the_test():
        warm_up.warm_up(process)

    assert b"After" in ask(process, post.url).body
