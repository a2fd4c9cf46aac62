"""docs/access.md says of every address who gets in, and so it is; soak tries every role."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import access
from tests.support.access import Walk
from tests.support.addresses import routes
from tests.support.roles import ROLES

pytestmark = pytest.mark.django_db

# Let everybody in, but answer "not found" to whoever brings nothing; the tests named there bring it.
NOT_REACHED = {
    "discussion/post/": "the form's signed fields: discussion/posting/test_views.py",
    "discussion/about/<pk>/": "a quotation: papers/reader/test_passages.py",
    "discussion/proof/": "PROOF_OF_WORK: discussion/posting/test_proof_of_work.py",
    "discussion/sign-in/<provider>/": "the form's fields: discussion/posting/test_sign_in_views.py",
    "discussion/sign-out/": "the form's fields: discussion/posting/test_sign_in_views.py",
    "papers/covers/<stem>.<extension>": "a cover that was drawn: papers/downloads/test_covers.py",
    "papers/<slug>/editions/<edition>/read/<number>/picture-<extension>/": (
        "a real PDF: papers/reader/test_page_images.py"
    ),
    "accounts/2fa/totp/deactivate/": "an authenticator app: accounts/signin/test_reauthentication.py",
    "accounts/2fa/recovery-codes/": "recovery codes: accounts/signin/test_reauthentication.py",
    "accounts/2fa/recovery-codes/download/": "recovery codes: accounts/signin/test_reauthentication.py",
    "accounts/connections/login/error/": "an answer of 401: accounts/signin/test_provider_errors.py",
}
# No token is asked for: by machines that prove themselves otherwise, or because nothing can be changed.
WITHOUT_TOKEN = {
    "mail/events/": "a mail provider's secret or signature",
    "oai/": "harvesters may POST; it changes nothing",
    "discussion/stop/<token>/": "mail programs unsubscribe by POST (RFC 8058), by a signed link",
    "discussion/letters/<token>/stop/": "mail programs unsubscribe by POST (RFC 8058), by a signed link",
}
# The link itself is the authority, not the session; a POST from another site is refused all the same.
BY_LINK = {
    "discussion/decide/<token>/", "discussion/appeal/<token>/",
    "discussion/yours/<token>/edit/", "discussion/yours/<token>/delete/", "discussion/following/<token>/",
    "discussion/letters/<token>/", "discussion/confirm/<token>/",
}  # fmt: skip
WRITES = ("INSERT", "UPDATE", "DELETE")
# Tables that reading may write to, because what belongs there is made when it is first needed.
WRITTEN_BY_READING = (
    "discussion_discussionsettings",  # the defaults
    "discussion_readmarker",  # what a member has read
    "django_session", "usersessions_usersession",
    "papers_oairecord",
    "publishing_rendition", "publishing_siteimage", "wagtailsearch_indexentry",  # sizes of an image
    "wagtailadmin_editingsession", "wagtailcore_pagesubscription", "wagtailusers_userprofile",
)  # fmt: skip


@pytest.fixture
def walk(settings, run_on_commit):
    settings.LIMITS = False
    with run_on_commit():
        return Walk()


def test_every_address_has_a_row():
    assert [route for route in routes() if access.row_of(route) is None] == []


def test_every_row_is_about_an_address():
    assert set(access.rows()) - {access.row_of(route) for route in routes()} == set()
    assert set(access.rows().values()) <= {*access.WORDS, *access.NOBODY}


def test_whom_the_table_leaves_out_is_refused_and_the_first_it_names_gets_in(walk):
    """Of those left out, nobody and the mightiest: each role may what the one before may."""
    wrong = []
    for route, path in walk.paths():
        first = access.first_role(route)
        left_out = ROLES[:first]
        wrong += [
            f"{role} gets in at {path}"
            for role in {*left_out[:1], *left_out[-1:]}
            if not walk.refuses(role, path)
        ]
        if first < len(ROLES) and route not in NOT_REACHED and not walk.lets_in(ROLES[first], path):
            wrong.append(f"{ROLES[first]} is refused at {path}")

    assert wrong == []


def taken_without_token(walk: Walk, method: str) -> set[str]:
    """Return the routes that take ``method`` of a superuser without the token of the session."""
    refused = (HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED)
    return {
        route
        for route, path in walk.paths()
        if walk.send("superuser", method, path).status_code not in refused
    }


def test_nothing_is_changed_without_the_token_of_the_session():
    walk = Walk(enforce_csrf_checks=True)

    assert taken_without_token(walk, "POST") == {*WITHOUT_TOKEN, *BY_LINK}


def test_a_link_does_not_let_another_site_send_for_its_owner(walk):
    for route, path in walk.paths():
        if route in BY_LINK:
            response = walk.send("superuser", "POST", path, headers={"Origin": "https://evil.example"})
            assert response.status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED), path


def test_reading_changes_nothing(walk):
    written = []
    for _route, path in walk.paths():
        with CaptureQueriesContext(connection) as queries:
            walk.send("superuser", "GET", path)
        written += [
            f"{path}: {query['sql'][:90]}"
            for query in queries
            if query["sql"].startswith(WRITES)
            and not any(name in query["sql"] for name in WRITTEN_BY_READING)
        ]

    assert written == []
