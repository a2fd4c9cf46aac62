"""Signing in from the comment form, with a draft in it."""

from __future__ import annotations

from tests.support.comments import comment_form_data
from tests.support.factories import make_user

DRAFT = "We share a <nurse> & a van."


def press_sign_in(client, page, provider="google", **fields):
    return client.post(f"/discussion/sign-in/{provider}/", comment_form_data(page, comment=DRAFT, **fields))


def sign_in_at_provider(client, response):
    """Come back from the provider signed in, as far as our own pages are concerned."""
    saved = dict(client.session)
    client.force_login(make_user(name="Joan Marsh"))
    session = client.session
    session.update({key: value for key, value in saved.items() if key.startswith("discussion.")})
    session.save()
