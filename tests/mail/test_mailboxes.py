"""Whatever way an address is spelled, it is one mailbox: to bans, suppression, rates and fingerprints."""

from __future__ import annotations

import time

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from discussion.models import Comment
from discussion.models.moderation import hash_address
from mail.mailboxes import MAX_LENGTH, canonical_mailbox, validate_visible
from mail.models import SuppressedAddress
from public_forms import rate_limits
from tests.support.comments import post_guest_comment
from tests.support.factories import make_post

ADA = "ada.plover@gmail.com"
SPELLINGS = [
    "Ada.Plover@GMAIL.com", "adaplover@gmail.com", "a.d.a.plover+news@googlemail.com",
    " ada.plover@gmail.com ",
    "ada.plover+@gmail.com", "ada\u00ad.plover@gmail.com", "ada.plover\u200b@gmail.com",
    "\uff41da.plover@gmail.com", "ada.plover@\uff47mail.com", "ada.plover@gmail.com.",
    "ada.plover@gm\u2060ail.com",
    "ada.plover\ufe0f@gmail.com", '"ada.plover"@gmail.com', '"ada\\.plov\\er"@gmail.com',
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings_of_a_mailbox_are_one(spelling):
    assert canonical_mailbox(spelling) == canonical_mailbox(ADA)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jo@münchen.example", "jo@xn--mnchen-3ya.example"),
        ("jo@MÜNCHEN.example", "jo@xn--mnchen-3ya.EXAMPLE"),
        ("jo+a@example.org", "jo+b@example.org"),
        ("jörg@example.org", "jo\u0308rg@example.org"),
    ],
)
def test_domains_and_tags_make_no_other_mailbox(one, other):
    assert canonical_mailbox(one) == canonical_mailbox(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.b@example.org", "ab@example.org"),
        ("ada@example.org", "ada@example.com"),
        ("jorg@example.org", "jörg@example.org"),
        ("+a@example.org", "+b@example.org"),
        ("", "ada@example.org"),
    ],
)
def test_other_mailboxes_stay_apart(one, other):
    assert canonical_mailbox(one) != canonical_mailbox(other)


@pytest.mark.parametrize(
    "text", ["", "@", "a@", "@b", "no address", "a@b@c", "a@" + "b" * 400, "a@-.-", "\ud800@x"]
)
def test_what_is_no_address_has_some_spelling_too(text):
    assert len(canonical_mailbox(text)) <= 18 * MAX_LENGTH


def test_a_long_value_takes_no_time():
    begun = time.process_time()
    for unit in ("a", "+", ".", "\u00ad", "ﷺ", "@", "xn--"):
        canonical_mailbox(unit * 400_000 + "@" + unit * 400_000)

    assert time.process_time() - begun < 2


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_ban_holds_for_every_spelling(spelling):
    assert hash_address(spelling) == hash_address(ADA)


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_suppression_holds_for_every_spelling_and_shows_what_was_typed(spelling):
    SuppressedAddress.objects.suppress("Ada.Plover+x@gmail.com", SuppressedAddress.Reason.BOUNCED)

    assert SuppressedAddress.objects.is_suppressed(spelling)
    assert SuppressedAddress.objects.get().address == "ada.plover+x@gmail.com"


@pytest.mark.django_db
def test_one_mailbox_is_suppressed_once():
    SuppressedAddress.objects.suppress(ADA, SuppressedAddress.Reason.BOUNCED)
    again = SuppressedAddress(address="adaplover@gmail.com", reason=SuppressedAddress.Reason.BOUNCED)

    with pytest.raises(ValidationError, match="already on the list"):
        again.full_clean()


@pytest.mark.django_db
def test_a_rate_counts_all_spellings_together(settings):
    cache.clear()
    settings.RATE_LIMITS = {"email": "2/d/mailbox"}
    request = RequestFactory().get("/")

    limited = [rate_limits.hit(request, "email", mailbox=spelling) for spelling in SPELLINGS[:3]]

    assert [one is not None for one in limited] == [False, False, True]
    cache.clear()


@pytest.mark.django_db
def test_the_same_comment_under_another_spelling_is_a_duplicate(client):
    post = make_post()
    post_guest_comment(client, post, email="grace@example.org", comment="We share a nurse.")

    again = post_guest_comment(client, post, email="Grace+2@EXAMPLE.org", comment="We share a nurse.")

    assert again.status_code == 422
    assert Comment.objects.count() == 1
    assert Comment.objects.get().user_email == "grace@example.org"


INVISIBLE = ["a\u00adb@example.org", "ab@exam\u00adple.org", "ab\u200b@example.org", "ab@example\u2060.org"]


@pytest.mark.parametrize("address", INVISIBLE)
def test_an_invisible_character_is_told(address):
    with pytest.raises(ValidationError, match="invisible character"):
        validate_visible(address)


@pytest.mark.django_db
@pytest.mark.parametrize("address", INVISIBLE)
@pytest.mark.parametrize(
    ("form", "field"),
    [("/accounts/signup/", "email"), ("/discussion/yours/", "email"), ("/accounts/password/reset/", "email")],
)
def test_every_form_refuses_it(client, form, field, address):
    response = client.post(form, {field: address, "name": "Ada", "password1": "four ordinary words here"})

    assert response.status_code in (200, 422)
    text = response.content.decode()
    assert "invisible character" in text or "valid e-mail address" in text.lower() or "Enter a valid" in text


@pytest.mark.django_db
def test_the_comment_form_keeps_everything_and_says_what_to_do(client):
    response = post_guest_comment(
        client, make_post(), email="grace@exam\u00adple.org", comment="We share a nurse."
    )

    assert response.status_code == 422
    assert "invisible character" in response.content.decode()
    assert "We share a nurse." in response.content.decode()
