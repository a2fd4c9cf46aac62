"""A cache in Redis without which pages can still be read."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

logger = logging.getLogger(__name__)


class PatientRedisCache(RedisCache):
    """Finds nothing while Redis doesn't answer, and stores nothing.

    So what is only sooner had from the cache, as the paths of the site's pages
    are, is found elsewhere. Everything else raises RedisError as before:
    whoever adds, counts or deletes relies on it, such as rate limits.
    """

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError:
            logger.warning("Redis did not answer; %s is looked up elsewhere", key)
            return default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        try:
            super().set(key, value, timeout, version)
        except RedisError:
            logger.warning("Redis did not answer; %s is not stored", key)
