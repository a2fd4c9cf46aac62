"""The site's own settings, with a folder, a port and a key of the test run's own.

``DATABASE_URL`` is honoured, so the same suite runs on SQLite and PostgreSQL.
"""

from __future__ import annotations

import os
import socket
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="colloquy-tests-"))
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["DATA_DIR"] = os.path.join(os.environ["DATA_DIR"], worker)
os.makedirs(os.path.join(os.environ["DATA_DIR"], "static"), exist_ok=True)


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


# Playwright keeps an event loop in the worker's thread; Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DEMO"] = "yes"
os.environ["DEBUG"] = "no"
os.environ["LIMITS"] = "on"
os.environ["RATE_LIMITS"] = "search=10000/m/ip oai=10000/m/ip"  # all tests have one address
os.environ["BASE_URL"] = "http://127.0.0.1:8000"
os.environ["STAND_IN_PORT"] = free_port()
for stem in ("GOOGLE", "MICROSOFT", "FACEBOOK", "X", "WORDPRESS", "OIDC"):
    for variable in ("CLIENT_ID", "CLIENT_SECRET"):
        os.environ.pop(f"{stem}_{variable}", None)
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["PDF_PAGES_AHEAD"] = "0"  # every test that reads a file would render it, too
os.environ.setdefault("CACHE_URL", "locmemcache://")

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, STORAGES  # noqa: E402

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {**CACHES["default"], "KEY_PREFIX": f"test-{os.getpid()}"}}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # Clearing a Redis cache empties its whole database, so every worker has one of its own.
    number = "".join(filter(str.isdecimal, worker or "0"))
    CACHES["default"]["LOCATION"] = f"{str(CACHES['default']['LOCATION']).rpartition('/')[0]}/{number}"
    PAGE_CACHE_VERSIONS = str(CACHES["default"]["LOCATION"])
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
