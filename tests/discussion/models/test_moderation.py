"""Reports, appeals and bans: which of them still count, and against whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from discussion.models import Appeal, Ban, ModeratorNote, Report
from discussion.models.moderation import hash_address
from tests.support.comments import make_comment, make_guest_comment
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


def make_ban(**fields):
    return Ban.objects.create(kind=Ban.Kind.REFUSE, **fields)


def test_reports_are_resolved_once():
    comment, moment = make_comment(), timezone.now()
    earlier = Report.objects.create(comment=comment, resolved_at=moment - timedelta(days=1))
    one, two = (Report.objects.create(comment=comment, rule=rule) for rule in (1, 2))
    assert list(Report.objects.open()) == [one, two]

    with time_machine.travel(moment, tick=False):
        resolved = Report.objects.resolve()

    assert resolved == 2
    assert not Report.objects.open().exists()
    assert Report.objects.get(pk=earlier.pk).resolved_at == moment - timedelta(days=1)
    assert abs(Report.objects.get(pk=one.pk).resolved_at - moment) < timedelta(seconds=1)
    assert Report.objects.resolve() == 0


def test_an_appeal_is_open_until_it_is_answered():
    appeal = Appeal.objects.create(comment=make_comment(), text="It was true.")
    Appeal.objects.create(comment=make_comment(), text="So was this.", answered_at=timezone.now())

    assert list(Appeal.objects.open()) == [appeal]


def test_a_hash_knows_an_address_again_however_it_is_written_and_does_not_name_it():
    hashed = hash_address("grace@example.org")

    assert hashed == hash_address("  Grace@Example.ORG ")
    assert len(hashed) == 64
    assert "grace" not in hashed
    assert hashed != hash_address("gracie@example.org")
    assert hash_address("  ") == ""


def test_a_ban_is_active_until_its_last_moment():
    forever = make_ban(user=make_user())
    until = timezone.now() + timedelta(days=1)
    for_a_day = make_ban(user=make_user(), until=until)

    with time_machine.travel(until - timedelta(seconds=1), tick=False):
        assert set(Ban.objects.active()) == {forever, for_a_day}
    with time_machine.travel(until, tick=False):
        assert list(Ban.objects.active()) == [forever]


def test_a_ban_matches_by_account_or_by_address():
    user, hashed = make_user(), hash_address("grace@example.org")
    by_account, by_address = make_ban(user=user), make_ban(address_hash=hashed)
    make_ban(user=make_user(), address_hash=hash_address("other@example.org"))
    make_ban()  # its account was deleted, and there was no address

    assert set(Ban.objects.matching(user=user, address_hash=hashed)) == {by_account, by_address}
    assert list(Ban.objects.matching(user=user, address_hash="")) == [by_account]
    assert list(Ban.objects.matching(user=None, address_hash=hashed)) == [by_address]
    assert not Ban.objects.matching(user=None, address_hash="").exists()


def test_a_comment_is_matched_by_its_authors_account_and_address():
    member = make_user(email="Ada@example.org")
    by_account = make_ban(user=member)
    by_address = make_ban(address_hash=hash_address("ada@example.org"))
    guest_ban = make_ban(address_hash=hash_address("grace@example.org"))
    make_ban(user=member, until=timezone.now() - timedelta(days=1))

    assert set(Ban.objects.against_author(make_comment(by=member))) == {by_account, by_address}
    assert list(Ban.objects.against_author(make_guest_comment(email="Grace@example.org"))) == [guest_ban]


def test_a_ban_names_the_account_and_never_an_address():
    member = make_user(name="Ada Plover", email="ada@example.org")

    assert make_ban(user=member).target == str(member)
    assert make_ban(address_hash=hash_address("ada@example.org")).target == "a network or e-mail address"


def test_rows_name_themselves_by_number_alone():
    comment = make_comment(by=make_user(name="Ada Plover"))
    rows = {
        "Report": Report.objects.create(comment=comment, text="Secret."),
        "Appeal": Appeal.objects.create(comment=comment, text="Secret."),
        "Note": ModeratorNote.objects.create(comment=comment, text="Secret."),
        "Ban": make_ban(user=comment.user),
    }

    assert {str(row) for row in rows.values()} == {f"{name} {row.pk}" for name, row in rows.items()}
