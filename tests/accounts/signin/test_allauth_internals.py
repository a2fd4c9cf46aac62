"""What we import from allauth's internal packages is there and is called as we call it.

allauth may move these in any release. Everything that the site takes from them
is in accounts/signin/allauth_internals.py (and public_forms/rate_limits.py).
"""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# What is called, and the parameters we call it with.
CALLED_WITH = {
    "AbstractCodeVerificationProcess": {"user", "state", "timeout", "max_attempts"},
    "EmailVerificationProcess": set(),
    "get_pending_stage": {"request"},
    "get_reauthentication_flows": {"user"},
    "record_authentication": {"request", "user", "method"},
    "resume_request": {"request"},
}
CODE_PROCESS_METHODS = {
    "initial_state", "abort_if_invalid", "record_invalid_attempt", "persist", "send", "abort", "code",
}  # fmt: skip


def internals():
    try:
        return importlib.import_module("accounts.signin.allauth_internals")
    except ImportError as error:
        pytest.fail(
            f"allauth has moved something internal: {error}. Find its new place in allauth's source "
            "and change the import in site/accounts/signin/allauth_internals.py; nothing else imports it."
        )


@pytest.mark.parametrize("name", CALLED_WITH)
def test_allauth_still_takes_what_we_call_it_with(name):
    parameters = inspect.signature(getattr(internals(), name)).parameters

    missing = CALLED_WITH[name] - set(parameters)
    takes_any = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())

    assert not missing or takes_any, (
        f"allauth's {name} no longer takes {', '.join(sorted(missing))}. "
        f"Compare its source with where the site calls it."
    )


def test_the_code_verification_process_still_has_what_we_override_and_call():
    missing = CODE_PROCESS_METHODS - set(dir(internals().AbstractCodeVerificationProcess))

    assert not missing, (
        f"allauth's AbstractCodeVerificationProcess has lost {', '.join(sorted(missing))}. "
        "site/accounts/signin/reauthentication.py builds on it."
    )


def test_one_module_of_a_room_imports_from_allauths_internals():
    modules = [path for room in ("site", "blog", "papers") for path in (ROOT / room).rglob("*.py")]

    importing = {str(path.relative_to(ROOT)) for path in modules if imports_internals(path)}

    assert importing <= {
        "site/accounts/signin/allauth_internals.py",
        "site/public_forms/rate_limits.py",
    }


def imports_internals(path: Path) -> bool:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if any(name.startswith("allauth.") and "internal" in name.split(".") for name in names):
            return True
    return False
