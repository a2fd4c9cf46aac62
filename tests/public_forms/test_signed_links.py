"""A link is good for one purpose and for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from public_forms.signed_links import LinkExpiredError, load, load_fields, load_id, load_ids, sign, signed_url

DAY = timedelta(days=1)


@pytest.mark.parametrize("value", [7, [7, 8], ["approve", 7, 8], {"verb": "ListRecords"}])
@pytest.mark.parametrize("compress", [False, True])
def test_a_token_gives_back_what_it_was_made_for(value, compress):
    assert load(sign(value, salt="tests.a", compress=compress), salt="tests.a", max_age=DAY) == value


def test_a_link_is_a_whole_address(settings):
    url = signed_url("confirm_comment", 7, salt="tests.a")

    assert url.startswith(f"{settings.BASE_URL}/discussion/confirm/")
    assert load_id(url.split("/")[-2], salt="tests.a", max_age=DAY) == 7


@pytest.mark.parametrize(
    "token",
    ["", "7", "a:b:c", "\x00", "é:1:2", pytest.param(sign(7, salt="tests.b"), id="another purpose")],
)
def test_a_forged_token_or_one_for_another_purpose_is_worth_nothing(token):
    about = {"salt": "tests.a", "max_age": DAY}

    assert load(token, **about) is None
    assert load_id(token, **about) is None
    assert load_ids(token, **about) == []
    assert load_fields(token, 1, **about) is None


def test_an_old_token_is_told_from_a_forged_one():
    token = sign(7, salt="tests.a")

    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert load_id(token, salt="tests.a", max_age=DAY) == 7
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        for read in (load, load_id, load_ids):
            with pytest.raises(LinkExpiredError):
                read(token, salt="tests.a", max_age=DAY)


def test_a_token_of_another_shape_is_worth_nothing():
    about = {"salt": "tests.a", "max_age": DAY}

    assert load_id(sign("seven", salt="tests.a"), **about) is None
    assert load_ids(sign(7, salt="tests.a"), **about) == []
    assert load_ids(sign([7, "8"], salt="tests.a"), **about) == []
    assert load_fields(sign([7, 8], salt="tests.a"), 3, **about) is None
    assert load_fields(sign([7, 8, 9, 10], salt="tests.a"), 3, **about) is None
    assert load_fields(sign([7, "8", None], salt="tests.a"), 3, **about) == [7, "8", None]
    assert load_fields(sign("abc", salt="tests.a"), 3, **about) is None


def test_tokens_that_are_in_peoples_mailboxes_stay_good():
    """Made by Django's signer over ids, with the salts of the first version."""
    assert load_id(signing.dumps(7, salt="discussion.confirm"), salt="discussion.confirm", max_age=DAY) == 7
    assert load_ids(signing.dumps((7,), salt="discussion.own"), salt="discussion.own", max_age=DAY) == [7]
