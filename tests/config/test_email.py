"""Which way e-mail is sent, as the environment has it."""

from __future__ import annotations

import pytest

from tests.config.test_settings import REAL, refusal, setting

pytestmark = pytest.mark.django_db


def chosen(expression, tmp_path, **variables):
    return setting(expression, **REAL | {"DATA_DIR": str(tmp_path)} | variables)


def test_a_provider_is_chosen_by_the_email_url(tmp_path):
    named = "getattr(settings, 'MAILERS', None) or settings.EMAIL_BACKEND, settings.ANYMAIL"

    postmark = chosen(named, tmp_path, EMAIL_URL="postmark://a%2Fb@outbound")
    mailgun = chosen(named, tmp_path, EMAIL_URL="mailgun://key-1@mg.example.org?region=eu")

    assert "anymail.backends.postmark.EmailBackend" in postmark
    assert "'POSTMARK_SERVER_TOKEN': 'a/b', 'POSTMARK_MESSAGE_STREAM': 'outbound'" in postmark
    assert "anymail.backends.mailgun.EmailBackend" in mailgun
    assert "'MAILGUN_SENDER_DOMAIN': 'mg.example.org'" in mailgun
    assert "api.eu.mailgun.net" in mailgun


def test_anymail_is_there_where_it_is_configured(tmp_path):
    here = "('anymail' in settings.INSTALLED_APPS, settings.MAIL_WEBHOOK_PROVIDER)"

    assert chosen(here, tmp_path) == "(False, '')"
    assert chosen(here, tmp_path, EMAIL_URL="postmark://key@outbound") == "(True, '')"
    assert (
        chosen(here, tmp_path, MAIL_WEBHOOK_PROVIDER="mailgun", MAIL_WEBHOOK_SECRET="x" * 20)
        == "(True, 'mailgun')"
    )


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"MAIL_WEBHOOK_PROVIDER": "postmark"}, "MAIL_WEBHOOK_SECRET"),
        ({"MAIL_WEBHOOK_PROVIDER": "mailgun", "MAIL_WEBHOOK_SECRET": "short"}, "MAIL_WEBHOOK_SECRET"),
        ({"MAIL_WEBHOOK_PROVIDER": "postmark", "MAIL_WEBHOOK_SECRET": "x" * 20}, "name:password"),
        ({"MAIL_WEBHOOK_PROVIDER": "pigeon"}, "MAIL_WEBHOOK_PROVIDER is 'pigeon'"),
        ({"EMAIL_URL": "postmark://outbound"}, "EMAIL_URL lacks the key"),
    ],
)
def test_half_a_configuration_stops_the_start(tmp_path, variables, words):
    message = refusal(**REAL | {"DATA_DIR": str(tmp_path)} | variables)

    assert words in message
    assert "x" * 20 not in message
