"""What the page cache is told of this site is true, and whole."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.wsgi import get_wsgi_application

from config import page_cache
from config.page_cache import ALIASES, TABLES, UNSHOWN_COLUMNS, UNTRACKED
from pagecache.entry_store import FileStore, RedisStore
from pagecache.front import PageCache
from pagecache.sql import parse, rules
from pagecache.version_table import slot
from tests.support.page_cache import ask

# --- Tables ------------------------------------------------------------------------------------------------


def model_tables() -> dict[str, type]:
    """Return the tables of all models, and of all relations between many of them."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in models if model._meta.managed}


def test_every_table_that_is_named_exists():
    with_fts = {table for table in UNTRACKED if table.endswith(("_fts", "_migrations"))}
    named = {*ALIASES, *UNTRACKED, *UNSHOWN_COLUMNS, *TABLES["unseen_inserts"]} - with_fts - {"search_index"}

    assert named - model_tables().keys() == set()


@pytest.mark.parametrize("table", sorted(UNSHOWN_COLUMNS))
def test_every_column_that_is_named_exists(table):
    columns = {field.column for field in model_tables()[table]._meta.local_fields}

    assert UNSHOWN_COLUMNS[table] <= columns


def test_every_table_is_followed_or_said_to_stand_on_no_public_page():
    known = rules()
    for table, model in model_tables().items():
        name = known.name(table)
        columns = [field.column for field in model._meta.local_fields]
        writes = {
            parse(statement).writes
            for statement in (
                f'DELETE FROM "{table}" WHERE 1',
                *(f'UPDATE "{table}" SET "{column}" = %s' for column in columns
                  if column not in UNSHOWN_COLUMNS.get(table, ())),
            )
        }  # fmt: skip
        is_followed = writes == {(name,)}

        assert is_followed != (name in UNTRACKED or table == "pagecache_change"), table


# --- How it is put together --------------------------------------------------------------------------------


def test_without_memory_nothing_is_in_front(settings):
    settings.PAGE_CACHE_BYTES = 0
    django = get_wsgi_application()

    assert page_cache.with_page_cache(django) is django


@pytest.mark.django_db
def test_the_page_cache_stands_in_front_of_django(settings, tmp_path):
    settings.PAGE_CACHE_BYTES, settings.PAGE_CACHE_FOLDER = 1_000_000, tmp_path
    settings.PAGE_CACHE_VERSIONS = tmp_path / "versions"
    cache = page_cache.with_page_cache(get_wsgi_application())

    assert isinstance(cache, PageCache)
    assert ask(cache, "/robots.txt", host=settings.BASE_URL.partition("://")[2]).status == "200 OK"
    assert len(cache.cache) == 1
    assert isinstance(cache.store, FileStore)


def test_a_folder_that_cannot_be_written_lets_the_site_start(settings, tmp_path):
    (tmp_path / "file").write_text("where a folder is wanted")
    settings.PAGE_CACHE_FOLDER = tmp_path / "file"

    assert isinstance(page_cache.with_page_cache(get_wsgi_application()), PageCache)


def test_several_machines_share_entries_in_redis(settings, tmp_path):
    settings.PAGE_CACHE_VERSIONS = "redis://127.0.0.1:1/0"

    assert isinstance(page_cache.entry_store(tmp_path), RedisStore)


@pytest.mark.parametrize(
    ("cache", "address"),
    [
        ({"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/x"}, None),
        ({"BACKEND": "d.RedisCache", "LOCATION": "redis://h:1/0"}, "redis://h:1/0"),
        ({"BACKEND": "d.RedisCache", "LOCATION": ["redis://h:1/0", "redis://follower:1/0"]}, "redis://h:1/0"),
        ({"BACKEND": "d.RedisCache", "LOCATION": "unix:///s", "OPTIONS": {"db": 1}}, "unix:///s?db=1"),
        ({"BACKEND": "d.RedisCache", "LOCATION": "unix:///s?db=2", "OPTIONS": {"db": 2}}, "unix:///s?db=2"),
    ],
)
def test_the_versions_are_in_the_redis_of_the_cache(cache, address):
    assert page_cache.redis_address(cache) == address


def test_sites_of_other_addresses_have_other_names(settings):
    assert settings.BASE_URL in settings.PAGE_CACHE_SITE


def test_the_host_of_the_site_alone_is_kept(settings):
    settings.BASE_URL = "https://example.org"

    assert page_cache.kept_hosts() == {"example.org"}


def test_the_policy_follows_the_settings(settings):
    settings.HTTPS, settings.TRUSTED_PROXY_COUNT = True, 1
    policy = page_cache.policy()

    assert (policy.is_https, policy.trusts_proxy) == (True, True)
    assert settings.SESSION_COOKIE_NAME in policy.cookies
    assert {"/admin/", "/accounts/", settings.STATIC_URL} <= set(policy.private_paths)


def test_finer_names_are_of_tables_that_are_followed():
    for family, beginning in TABLES["families"].items():
        assert family in ALIASES.values()
        assert slot(family) != slot(beginning)
