"""Reading the environment: every reader says clearly what it refuses.

No module of Django is imported at the top beyond what reports an error, so
that settings may use these readers while they are being made.
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
    typing slip must not become a quiet False.
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


def words(name: str) -> list[str]:
    """Return the variable ``name`` split at commas, empty parts left out."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def pairs(name: str) -> dict[str, str]:
    """Return the variable ``name``, written like ``one=this other=that``, as a dictionary."""
    found = dict(part.partition("=")[::2] for part in text(name).split())
    if not all(found.values()):
        raise ImproperlyConfigured(f"{name} is {text(name)!r}; write name=value, with spaces between.")
    return found


def origin(name: str, default: str) -> str:
    """Return the variable ``name`` as ``scheme://host[:port]``, no slash behind it."""
    address = text(name, default).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} is {address!r}; use an address like https://www.example.org.")
    return address


def is_loopback(address: str) -> bool:
    return urlsplit(address).hostname in LOOPBACK


def secret_key(folder: Path, *, may_be_made: bool) -> str:
    """Return SECRET_KEY, or, where that is allowed, one made once and kept in ``folder``.

    Raises ImproperlyConfigured when there is none and none may be made.
    """
    given = text("SECRET_KEY")
    if given:
        return given
    if not may_be_made:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Give a long random value, for instance from "
            "`python -c 'import secrets; print(secrets.token_urlsafe(50))'`, or try the site with DEMO=yes."
        )
    kept = folder / "secret_key"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        # A link either appears whole or not at all, whoever starts at the same moment.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text()


def email_folder(address: str) -> str | None:
    """Return the absolute folder of a ``filemail:///folder`` address, None for other kinds.

    django-environ cuts the leading slash, which would move the folder under
    wherever the process happens to stand.
    """
    parts = urlsplit(address)
    return parts.path if parts.scheme == "filemail" else None


def storages(address: str, *, media_url: str) -> dict[str, dict[str, object]]:
    """Return Django's STORAGES entries ``default`` (private) and ``public`` for ``address``.

    ``file:///folder`` keeps both below the folder; ``s3://bucket?endpoint_url=…``
    wants the ``s3`` extra installed. Raises ImproperlyConfigured for anything else.
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
        given = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        shared = {"bucket_name": parts.hostname, "file_overwrite": False, **given}
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
    wanted = {"smtp": set(names) - {"EMAIL_FILE_PATH"}, "filebased": {"EMAIL_FILE_PATH"}}
    kind = backend.split(".")[-2]
    given = {name: options[name] for name in wanted.get(kind, set()) if options.get(name) not in (None, "")}
    return {"BACKEND": backend, "OPTIONS": {names[name]: value for name, value in given.items()}}
