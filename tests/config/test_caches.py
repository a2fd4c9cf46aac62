"""Pages can be read while Redis is away; what relies on it fails."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from redis import RedisError
from wagtail.models import Site

from config import caches as config_caches
from tests.support.page_cache import NoStore, ask, make_cache


@pytest.fixture
def redis_cache(redis_server, settings):
    """The cache of a site with Redis, which runs."""
    backend = f"{config_caches.__name__}.{config_caches.PatientRedisCache.__name__}"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": redis_server.address}}
    return caches["default"]


def test_it_is_a_cache_like_any_other(redis_cache):
    redis_cache.set("name", ["value"], 60)

    assert redis_cache.get("name") == ["value"]
    assert redis_cache.get("other", "default") == "default"
    redis_cache.set("name", "gone", 0)
    assert redis_cache.get("name") is None


def test_while_redis_is_away_nothing_is_found_or_stored(redis_cache, redis_server, caplog):
    redis_cache.set("name", "value")
    redis_server.stop()

    assert redis_cache.get("name", "default") == "default"
    redis_cache.set("name", "newer")
    assert "is not stored" in caplog.text


@pytest.mark.parametrize(
    "work",
    [
        lambda cache: cache.add("name", 1),
        lambda cache: cache.incr("name"),
        lambda cache: cache.delete("name"),
    ],
)
def test_who_relies_on_it_is_told(redis_cache, redis_server, work):
    redis_cache.set("name", 1)
    redis_server.stop()

    with pytest.raises(RedisError):
        work(redis_cache)


@pytest.mark.django_db
def test_every_page_can_be_read_while_redis_is_away(redis_cache, redis_server, tmp_path):
    process = make_cache(tmp_path, store=NoStore())
    Site.clear_site_root_paths_cache()
    redis_server.stop()

    for path in ("/", "/blog/", "/about/", "/blog/feed/"):
        assert ask(process, path).status == "200 OK", path
