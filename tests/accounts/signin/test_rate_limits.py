"""Every door that sends a letter or tries a secret closes for a while on whoever knocks too often."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from accounts.models import Organisation
from blog.models import Post
from mail.models import QueuedEmail
from public_forms import rate_limits
from tests.support import two_step
from tests.support.comments import comment_form_data
from tests.support.factories import make_post
from tests.support.paths import ROOT
from tests.support.stand_in import MARIA, PASSWORD, finish_login, fresh_limits, make_member, sign_in, stand_in

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]
TESTS = ROOT / "tests"
Knock = Callable[[Client], object]


def stranger(client: Client) -> None:
    """Come as nobody."""


def member(client: Client) -> None:
    """Come as somebody with a password, who has just typed it again."""
    make_member()
    client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def by_provider(client: Client) -> None:
    """Come as somebody without a password."""
    sign_in(client, "google")


def half_way(client: Client) -> None:
    """Stop at the question for the second factor."""
    two_step.add_app(make_member())
    client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})


def with_factor(client: Client) -> None:
    member(client)
    two_step.add_app(client.get("/accounts/me/").wsgi_request.user)


def with_key(client: Client) -> None:
    member(client)
    two_step.add_passkey(client.get("/accounts/me/").wsgi_request.user)


def new_by_x(client: Client) -> None:
    """Stop at the question for an address."""
    finish_login(client, "x", "dana")


def page_password(client: Client) -> object:
    restriction = PageViewRestriction.objects.first() or PageViewRestriction.objects.create(
        page=make_post(), restriction_type="password", password="secret"
    )
    address = f"/_util/authenticate_with_password/{restriction.pk}/{restriction.page_id}/"
    return client.post(address, {"password": "guess", "return_url": "/"})


def collection_password(client: Client) -> object:
    root = Collection.get_first_root_node()
    about = {"collection": root, "restriction_type": "password", "password": "secret"}
    restriction = CollectionViewRestriction.objects.first() or CollectionViewRestriction.objects.create(
        **about
    )
    address = f"/documents/authenticate_with_password/{restriction.pk}/"
    return client.post(address, {"password": "guess", "return_url": "/"})


def affiliation_form(client: Client) -> object:
    organisation = Organisation.objects.get_or_create(name="North")[0]
    return client.post("/accounts/me/organization/", {"organisation": organisation.pk})


def at(path: str, **fields: str) -> Knock:
    return lambda client: client.post(path, fields)


def comment_form(path: str) -> Knock:
    def knock(client: Client) -> object:
        return client.post(f"/discussion/{path}", comment_form_data(Post.objects.first() or make_post()))

    return knock


NEW = {"password1": "a heron at the weir", "password2": "a heron at the reed"}
# By name: who knocks, how, and how often that is let through at most.
LIMITED: dict[str, tuple[Callable[[Client], None], Knock, int]] = {
    "account_login": (stranger, at("/accounts/login/", login=MARIA, password="wrong"), 5),
    "account_signup": (stranger, at("/accounts/signup/", name="A", email="", password1=""), 20),
    "account_reset_password": (stranger, at("/accounts/password/reset/", email=MARIA), 5),
    "account_reset_password_from_key": (stranger, at("/accounts/password/reset/key/1-set-password/"), 20),
    "social_login": (stranger, at("/accounts/google/login/"), 60),
    "discussion_sign_in": (stranger, comment_form("sign-in/x/"), 30),
    "discussion_sign_out": (stranger, comment_form("sign-out/"), 30),
    "socialaccount_signup": (new_by_x, at("/accounts/connections/signup/", name="A", email="x"), 20),
    "account_reauthenticate": (member, at("/accounts/reauthenticate/", password="wrong"), 10),
    "account_reauthenticate_email": (by_provider, at("/accounts/me/again/", send="1"), 5),
    "account_change_password": (member, at("/accounts/password/change/", oldpassword="wrong", **NEW), 5),
    "account_set_password": (by_provider, at("/accounts/password/set/", **NEW), 5),
    "account_email": (member, at("/accounts/email/", action_add="", email="x"), 10),
    "account_affiliation": (member, affiliation_form, 5),
    "account_delete": (member, at("/accounts/me/leave/"), 5),
    "mfa_authenticate": (half_way, at("/accounts/2fa/authenticate/", code="000000"), 5),
    "mfa_reauthenticate": (with_factor, at("/accounts/2fa/reauthenticate/", code="000000"), 10),
    "mfa_reauthenticate_webauthn": (with_key, at("/accounts/2fa/webauthn/reauthenticate/"), 10),
    "mfa_login_webauthn": (stranger, at("/accounts/2fa/webauthn/login/", credential="{}"), 10),
    "wagtailcore_authenticate_with_password": (stranger, page_password, 20),
    "wagtaildocs_authenticate_with_password": (stranger, collection_password, 20),
}

# Tried where the room is tested.
ELSEWHERE = {
    "account_portrait": "accounts/profile/test_views.py::test_pictures_cannot_be_sent_without_end",
    "account_email_verification_sent": "accounts/signin/test_takeover.py::test_three_wrong_codes_end_the_attempt",
    "account_confirm_login_code": "accounts/signin/test_takeover.py::test_three_wrong_codes_end_the_attempt",
    "post_comment": "discussion/posting/test_rejections.py::test_too_much_in_a_short_time_is_asked_to_wait",
    "proof_of_work": "discussion/posting/test_proof_of_work.py::test_puzzles_are_not_given_out_without_end",
    "resend_guest_links": "public_forms/test_rate_limits.py::test_one_network_address_sends_emails_to_so_many_mailboxes",
    "report_comment": "public_forms/test_rate_limits.py::test_finding_useful_and_reporting_have_limits_too",
    "comment_useful": "public_forms/test_rate_limits.py::test_finding_useful_and_reporting_have_limits_too",
    "appeal": "public_forms/test_rate_limits.py::test_finding_useful_and_reporting_have_limits_too",
    "edit_comment": "public_forms/test_rate_limits.py::test_words_that_were_changed_too_often_are_given_back",
    "guest_edit": "public_forms/test_rate_limits.py::test_words_that_were_changed_too_often_are_given_back",
    "request_format": "papers/reader_requests/test_format_views.py::test_nobody_can_fill_somebodys_mailbox",
    "request_copy": "papers/reader_requests/test_copy_views.py::test_nobody_is_written_to_all_day",
}
SIGNED = "acts on a signed link, which nobody guesses, and writes to nobody"
ONES_OWN = "changes what is one's own, without a letter to anybody else and without a secret"
READS = "only shows"
FREE = {
    **dict.fromkeys([
        "account_affiliation_confirm", "account_delete_cancel_link", "moderate_by_link", "guest_comment", "guest_delete", "subscription_by_link",
        "notification_preferences_by_link", "unsubscribe_moderator", "unsubscribe", "confirm_comment", "granted_copy",
    ], SIGNED),
    **dict.fromkeys([
        "account_profile_edit", "account_end_session", "account_affiliation_withdraw", "account_delete_cancel",
        "account_signup_restart", "account_logout", "delete_comment", "follow_discussion", "notification_preferences",
        "socialaccount_connections", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn",
        "mfa_generate_recovery_codes", "mfa_remove_webauthn", "mfa_edit_webauthn",
    ], ONES_OWN),
    **dict.fromkeys(["google_callback", "microsoft_callback", "facebook_callback", "x_callback",
                     "wordpress_callback", "openid_connect_callback"], "wants the state of a journey"),
    "mail_webhook": "hears the mail provider, who comes in bursts and shows a key of the operator's",
    **dict.fromkeys([
        "account_profile", "account_resume", "account_sessions", "account_data", "account_inactive", "account_reset_password_done",
        "account_reset_password_from_key_done", "mfa_index", "mfa_view_recovery_codes",
        "mfa_download_recovery_codes", "mfa_list_webauthn", "socialaccount_login_cancelled",
        "socialaccount_login_error", "discussion", "discussion_feed", "comment", "reply", "reply_form",
        "comment_on_passage", "comment_sent", "comment_waiting", "search", "posts_feed", "oai", "papers_feed", "paper_cover",
        "format_request_sent", "author", "media", "topic", "topic_feed", "healthz", "readyz", "metrics", "sitemap",
        "robots_txt", "security_txt", "wagtail_serve", "wagtaildocs_serve", "wagtailcore_login", "",
    ], READS),
}  # fmt: skip


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield path and name of every address outside the admin, which is behind the second factor."""
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if path.startswith("admin/"):
            continue
        if isinstance(pattern, URLPattern):
            yield path, pattern.name or ""
        else:
            yield from routes(pattern, path)


def is_stopped(response) -> bool:
    words = response.content.decode()
    return response.status_code == 429 or bool(re.search("Too many|too many|Be patient", words))


@pytest.mark.parametrize(("path", "name"), sorted(set(routes(get_resolver()))))
def test_no_address_is_overlooked(path, name):
    assert name in LIMITED or name in ELSEWHERE or name in FREE, (
        f"{path} is new. If it sends a letter or tries a secret, give it a limit and name it in LIMITED "
        "with how to knock; otherwise say in FREE why it needs none."
    )


@pytest.mark.parametrize("name", LIMITED)
def test_whoever_knocks_too_often_is_stopped(client, name):
    come, knock, most = LIMITED[name]
    come(client)

    answers = [is_stopped(knock(client)) for _ in range(most + 1)]

    assert not answers[0]
    assert answers[-1]


@pytest.mark.parametrize("pointer", sorted(set(ELSEWHERE.values())))
def test_what_is_tried_elsewhere_is_tried(pointer):
    file, _, test = pointer.partition("::")

    assert f"def {test}" in (TESTS / file).read_text()


def test_the_counts_live_in_the_cache_that_all_processes_share(client):
    _come, knock, most = LIMITED["account_signup"]
    assert [is_stopped(knock(Client())) for _ in range(most + 1)][-1]

    cache.clear()

    assert not is_stopped(knock(client))


def test_one_mailbox_is_spared_whoever_asks_and_from_wherever():
    make_member()
    for number in range(30):
        with time_machine.travel(timezone.now() + timedelta(seconds=11 * number), tick=False):
            client = Client(REMOTE_ADDR=f"203.0.113.{number}")
            client.post("/accounts/signup/", {"name": "A", "email": MARIA.upper(), "password1": PASSWORD})

    assert QueuedEmail.objects.filter(to__iexact=MARIA).count() == 20


def test_what_tells_of_a_change_is_never_held_back(client):
    member(client)
    for _ in range(20):
        rate_limits.hit(client.get("/accounts/me/").wsgi_request, "account-email", mailbox=MARIA)

    changed = {"oldpassword": PASSWORD, "password1": NEW["password1"], "password2": NEW["password1"]}
    client.post("/accounts/password/change/", changed)

    assert "changed" in QueuedEmail.objects.latest("pk").text
