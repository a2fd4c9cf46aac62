"""Readers of environment variables, with clear errors.

Imports nothing of Django except the exception, so that settings can use it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def text(name: str, default: str = "") -> str:
    """Return the variable ``name``, stripped; an empty one counts as absent."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool, yes: str = "yes", no: str = "no") -> bool:
    """Return the variable ``name`` as a yes or a no.

    Raises ImproperlyConfigured, naming the variable, for any other word: a
    typo must not silently become False.
    """
    word = text(name, yes if default else no)
    if word not in (yes, no):
        raise ImproperlyConfigured(f"{name} is {word!r}; use {yes!r} or {no!r}.")
    return word == yes


def choice(name: str, default: str, *, among: list[str]) -> str:
    """Return the variable ``name``, which must be one of the words ``among``."""
    word = text(name, default)
    if word not in among:
        raise ImproperlyConfigured(f"{name} is {word!r}; use one of {', '.join(among)}.")
    return word


def number(name: str, *, default: int) -> int:
    """Return the variable ``name`` as a whole number, zero or more."""
    word = text(name, str(default))
    if not word.isdecimal():
        raise ImproperlyConfigured(f"{name} is {word!r}; use a whole number.")
    return int(word)


def csv(name: str) -> list[str]:
    """Return the variable ``name`` split at commas, without empty parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def pairs(name: str) -> dict[str, str]:
    """Return the variable ``name``, written like ``one=this other=that``, as a dictionary."""
    values = dict(part.partition("=")[::2] for part in text(name).split())
    if not all(values.values()):
        raise ImproperlyConfigured(f"{name} is {text(name)!r}; write name=value, separated by spaces.")
    return values


def origin(name: str, default: str) -> str:
    """Return the variable ``name`` as ``scheme://host[:port]``, without a trailing slash."""
    address = text(name, default).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} is {address!r}; use an address like https://www.example.org.")
    return address


def is_loopback(address: str) -> bool:
    return urlsplit(address).hostname in LOOPBACK


def secret_key(folder: Path, *, may_generate: bool) -> str:
    """Return SECRET_KEY or, if ``may_generate``, one that is generated once and stored in ``folder``.

    Raises ImproperlyConfigured if there is none and none may be generated.
    """
    if value := text("SECRET_KEY"):
        return value
    if not may_generate:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random value, for example from "
            "`python -c 'import secrets; print(secrets.token_urlsafe(50))'`, or try the site with DEMO=yes."
        )
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        # Linking is atomic, should two processes start at the same moment.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()


def email_folder(address: str) -> str | None:
    """Return the absolute folder of a ``filemail:///folder`` address, None for other kinds.

    django-environ removes the leading slash, which would make the folder relative
    to the current one.
    """
    parts = urlsplit(address)
    return parts.path if parts.scheme == "filemail" else None


def storages(address: str, *, media_url: str) -> dict[str, dict[str, object]]:
    """Return Django's STORAGES entries ``default`` (private) and ``public`` for ``address``.

    ``file:///folder`` keeps both below the folder; ``s3://bucket?endpoint_url=…``
    needs the ``s3`` extra. Raises ImproperlyConfigured for anything else.
    """
    parts = urlsplit(address)
    if parts.scheme == "file" and parts.path:
        disk = "django.core.files.storage.FileSystemStorage"
        private = {"location": f"{parts.path}/private", "base_url": None}
        public = {"location": f"{parts.path}/public", "base_url": media_url}
        return {
            "default": {"BACKEND": disk, "OPTIONS": private},
            "public": {"BACKEND": disk, "OPTIONS": public},
        }
    if parts.scheme == "s3" and parts.hostname:
        bucket = "storages.backends.s3.S3Storage"
        options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        shared = {"bucket_name": parts.hostname, "file_overwrite": False, **options}
        return {
            "default": {"BACKEND": bucket, "OPTIONS": {**shared, "location": "private"}},
            "public": {"BACKEND": bucket, "OPTIONS": {**shared, "location": "public"}},
        }
    raise ImproperlyConfigured(f"STORAGE_URL is {address!r}; use file:///folder or s3://bucket.")


def mailer(options: dict[str, object]) -> dict[str, object]:
    """Return one entry of Django 6.1's MAILERS for django-environ's EMAIL_* settings."""
    names = {
        "EMAIL_HOST": "host",
        "EMAIL_PORT": "port",
        "EMAIL_HOST_USER": "username",
        "EMAIL_HOST_PASSWORD": "password",
        "EMAIL_USE_TLS": "use_tls",
        "EMAIL_USE_SSL": "use_ssl",
        "EMAIL_FILE_PATH": "file_path",
    }
    backend = str(options["EMAIL_BACKEND"])
    supported = {"smtp": set(names) - {"EMAIL_FILE_PATH"}, "filebased": {"EMAIL_FILE_PATH"}}
    kind = backend.split(".")[-2]
    values = {
        name: options[name] for name in supported.get(kind, set()) if options.get(name) not in (None, "")
    }
    return {"BACKEND": backend, "OPTIONS": {names[name]: value for name, value in values.items()}}
