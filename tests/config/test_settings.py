"""Settings that can't be right stop the start, and say which variable to mend."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.paths import ROOT

REAL = {
    "BASE_URL": "https://www.example.org",
    "SECRET_KEY": "Vq4Tz-8mQeLw2rYkXn6cHs0pJb1uDf7aGi3oWt5yRvMx9KjNl-Qe5",
    "EMAIL_URL": "smtp+tls://colloquy:secret@mail.example.org:587",
    "TRUSTED_PROXY_COUNT": "1",
}
TELL = "from config import settings; print({})"


def python(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python beside the rooms, with nothing in the environment but ``variables``."""
    surroundings = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{ROOT}/site", "PYTHONUTF8": "1"}
    command = [sys.executable, *words]
    return subprocess.run(
        command, env=surroundings | variables, capture_output=True, text=True, timeout=120, check=False
    )


def setting(expression: str, **variables: str) -> str:
    """Return what ``expression`` says of the settings read from ``variables``."""
    process = python("-c", TELL.format(expression), **variables)
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


def refusal(**variables: str) -> str:
    """Return the last line of what a start with ``variables`` ends with."""
    process = python("-c", TELL.format("1"), **variables)
    assert process.returncode != 0
    return process.stderr.strip().splitlines()[-1]


def test_a_real_site_passes_djangos_own_deployment_check(tmp_path):
    process = python(
        "-m", "django", "check", "--deploy", "--fail-level", "INFO",
        DJANGO_SETTINGS_MODULE="config.settings", DATA_DIR=str(tmp_path), **REAL,
    )  # fmt: skip

    assert process.returncode == 0, process.stderr
    assert "no issues" in process.stdout


def test_without_a_secret_key_nothing_starts(tmp_path):
    words = refusal(DATA_DIR=str(tmp_path))

    assert "SECRET_KEY is not set" in words
    assert "DEMO=yes" in words
    assert not (tmp_path / "secret_key").exists()


def test_the_demo_makes_its_own_secret_key_and_keeps_it(tmp_path):
    first, second = (setting("settings.SECRET_KEY", DEMO="yes", DATA_DIR=str(tmp_path)) for _ in range(2))

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"DEMO": "yes", "BASE_URL": "https://www.example.org"}, ["DEMO=yes", "BASE_URL"]),
        ({"LIMITS": "off", **REAL}, ["LIMITS=off", "BASE_URL"]),
        ({"DEMO": "true"}, ["DEMO is 'true'", "'yes'", "'no'"]),
        ({"DEMO": "yes", "DEBUG": "1"}, ["DEBUG is '1'"]),
        ({"DEMO": "yes", "LIMITS": "yes"}, ["LIMITS is 'yes'", "'on'", "'off'"]),
        ({"DEMO": "yes", "PORT": "eight"}, ["PORT is 'eight'"]),
        ({"DEMO": "yes", "TRUSTED_PROXY_COUNT": "-1"}, ["TRUSTED_PROXY_COUNT is '-1'"]),
        ({"DEMO": "yes", "BASE_URL": "www.example.org"}, ["BASE_URL is 'www.example.org'"]),
        ({"DEMO": "yes", "BASE_URL": "http://127.0.0.1:8000/blog"}, ["BASE_URL is"]),
        ({"DEMO": "yes", "STORAGE_URL": "ftp://example.org"}, ["STORAGE_URL is 'ftp://example.org'"]),
        ({"DEMO": "yes", "RATE_LIMITS": "comment 30/m/ip"}, ["RATE_LIMITS is", "name=value"]),
        ({"DEMO": "yes", "RATE_LIMITS": "talk=1/m/ip"}, ["RATE_LIMITS names 'talk'", "comment, ", "login, "]),
        ({"DEMO": "yes", "RATE_LIMITS": "comment=many"}, ["RATE_LIMITS says comment='many'", "30/m/ip"]),
        (
            {"DEMO": "yes", "RATE_LIMITS": "login=9/m/page"},
            ["RATE_LIMITS says login='9/m/page'", "ip, user, key"],
        ),
        ({"DEMO": "yes", "FLOOD_LIMITS": "comment=9/m/ip"}, ["FLOOD_LIMITS is now called RATE_LIMITS"]),
        ({"DEMO": "yes", "MAIL_EVENTS": "postmark"}, ["MAIL_EVENTS is now called MAIL_WEBHOOK_PROVIDER"]),
        ({"DEMO": "yes", "PROOF_OF_WORK": "yes"}, ["PROOF_OF_WORK is 'yes'", "'on'", "'off'"]),
        (
            {"DEMO": "yes", "GOOGLE_CLIENT_ID": "one"},
            ["GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET go together"],
        ),
    ],
    ids=lambda value: " ".join(f"{k}={v}" for k, v in value.items())[:40] if isinstance(value, dict) else "",
)
def test_what_cannot_be_right_stops_the_start_and_is_named(tmp_path, variables, words):
    output = refusal(DATA_DIR=str(tmp_path), **variables)

    for part in words:
        assert part in output


@pytest.mark.parametrize("host", ["http://127.0.0.1:8000", "http://localhost:8123", "http://[::1]:8000"])
def test_limits_can_be_lifted_on_this_machine(tmp_path, host):
    output = setting(
        "settings.LIMITS", DATA_DIR=str(tmp_path), LIMITS="off", BASE_URL=host, SECRET_KEY="x" * 50
    )

    assert output == "False"


def test_limits_of_a_sites_own_are_read_by_their_names(tmp_path):
    rates = "comment=60/m/ip,400/h/ip email=10/d/mailbox"

    output = setting("settings.RATE_LIMITS", DEMO="yes", DATA_DIR=str(tmp_path), RATE_LIMITS=rates)

    assert output == "{'comment': '60/m/ip,400/h/ip', 'email': '10/d/mailbox'}"


def test_limits_of_a_sites_own_reach_what_the_sign_in_library_counts(tmp_path):
    about = {"DEMO": "yes", "DATA_DIR": str(tmp_path), "RATE_LIMITS": "login=7/m/ip webauthn_login=8/m/ip"}

    assert setting("settings.ACCOUNT_RATE_LIMITS['login']", **about) == "7/m/ip"
    assert setting("settings.MFA_RATE_LIMITS['webauthn_login']", **about) == "8/m/ip"
    assert setting("settings.ACCOUNT_RATE_LIMITS['signup']", **about) == "20/m/ip"


def test_limits_switched_off_are_off_for_the_sign_in_library_too(tmp_path):
    about = {"DEMO": "yes", "DATA_DIR": str(tmp_path), "LIMITS": "off", "RATE_LIMITS": "login=7/m/ip"}

    assert setting("settings.ACCOUNT_RATE_LIMITS", **about) == "False"
    assert setting("settings.MFA_RATE_LIMITS", **about) == "False"


def test_a_folder_for_emails_keeps_its_slash(tmp_path):
    folder = "getattr(settings, 'MAILERS', None) or settings.EMAIL_FILE_PATH"

    output = setting(folder, DEMO="yes", DATA_DIR=str(tmp_path), EMAIL_URL=f"filemail://{tmp_path}/letters")

    assert f"{tmp_path}/letters" in output


def test_a_slash_in_a_mail_password_may_be_escaped(tmp_path):
    password = "getattr(settings, 'MAILERS', None) or settings.EMAIL_HOST_PASSWORD"

    output = setting(
        password, **REAL | {"EMAIL_URL": "smtp://me:a%2Fb@mail.example.org:25", "DATA_DIR": str(tmp_path)}
    )

    assert "a/b" in output


@pytest.mark.parametrize(
    ("address", "cookie"),
    [
        ("https://www.example.org", "('__Host-session', True)"),
        ("http://127.0.0.1:8000", "('colloquy_session', False)"),
    ],
)
def test_cookies_follow_the_scheme_of_the_site(tmp_path, address, cookie):
    variables = REAL | {"BASE_URL": address, "DATA_DIR": str(tmp_path)}

    output = setting("(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE)", **variables)

    assert output == cookie


def test_a_clone_that_is_started_without_settings_says_what_to_do(tmp_path):
    process = python("-m", "config.run_site", DATA_DIR=str(tmp_path))

    assert process.returncode == 1
    assert process.stderr.startswith("SECRET_KEY is not set")
    assert "Traceback" not in process.stderr
