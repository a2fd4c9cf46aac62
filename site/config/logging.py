"""What is logged: to standard error, one line each, without secrets and e-mail addresses."""

from __future__ import annotations

import logging
import re
import time
from typing import Any

# What stands in addresses and messages, and what is logged in its place. A signed value is
# "value:time:signature"; the other keys are those of password resets and of sign-in by a provider.
SECRETS = [
    # Each run of letters is tried once, from its beginning: a header of 20,000 of them would take a second.
    (re.compile(r"(?<![\w-])\.?[\w-]++(?::|%3A)\w{6}(?::|%3A)[\w-]{43}", re.ASCII), "[token]"),
    (re.compile(r"(/key/)[\w-]{1,200}", re.ASCII), r"\1[token]"),
    (
        re.compile(r"([?&](?:code|state|token|key|id_token|access_token|oauth_\w+)=)[^&\s\"']{1,4000}"),
        r"\1[token]",
    ),
    (re.compile(r"(://[^\s:/@]{0,200}:)[^\s/@]{1,200}@"), r"\1[password]@"),
    (re.compile(r"[^\s<>\"'@:=,;()\[\]]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"), "[e-mail]"),
]
MAX_LENGTH = 20_000  # characters of one entry, its traceback included


class RedactingFormatter(logging.Formatter):
    """Formats an entry, and takes tokens, passwords and e-mail addresses out of what comes of it.

    The time is UTC, so that entries of several machines can be put in order.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record)[:MAX_LENGTH])


def redact(text: str) -> str:
    for pattern, replacement in SECRETS:
        text = pattern.sub(replacement, text)
    return text


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logging.RedactingFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # the proxy logs requests for missing pages
        # A line for each task would hide the one that failed. Django 6 has tasks of its own.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "django.tasks": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
    },
}
