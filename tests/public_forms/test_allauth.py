"""What is used of allauth that allauth does not promise to keep."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest
from allauth.account import app_settings as account
from allauth.mfa import app_settings as mfa
from django.test import override_settings

from public_forms.rate_limits import ACCOUNT_RATES
from tests.support.paths import ROOT

LIMITER = "allauth.core.internal.ratelimit"
USED_BY = "site/public_forms/rate_limits.py"
MOVED = (
    f"allauth has changed {LIMITER}, which is internal to it: look for what replaces %s and mend {USED_BY}."
)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("Rate", {"amount", "duration", "per"}),
        ("parse_rates", {"rates"}),
        ("consume", {"request", "app", "action", "config", "key", "limit_get"}),
        ("clear", {"request", "app", "action", "key"}),
        ("get_cache_key", {"request", "app", "action", "rate", "key"}),
        ("get_rates", {"app", "action"}),
        ("get_ip", {"request"}),
    ],
)
def test_the_limiter_is_where_it_was(name, parameters):
    try:
        limiter = getattr(import_module(LIMITER), name)
    except (ImportError, AttributeError):
        pytest.fail(MOVED % name)

    assert parameters <= set(inspect.signature(limiter).parameters), MOVED % f"the parameters of {name}"


def test_one_module_alone_imports_it():
    importing = [
        path.relative_to(ROOT).as_posix()
        for folder in ("site", "blog", "papers")
        for path in (ROOT / folder).rglob("*.py")
        if LIMITER in path.read_text()
    ]

    assert importing == [USED_BY]


@override_settings(ACCOUNT_RATE_LIMITS={}, MFA_RATE_LIMITS={})
def test_every_rate_of_the_library_is_in_our_table_as_it_is_there():
    theirs = {**account.RATE_LIMITS, **mfa.RATE_LIMITS}
    assert theirs.pop("confirm_email") == "1/10s/key"  # the one that is different here on purpose

    assert {name: ACCOUNT_RATES.get(name) for name in theirs} == theirs, (
        "allauth has other rates than ACCOUNT_RATES says: take them over, "
        "so that RATE_LIMITS and docs/operating.md name them all."
    )
