"""A change and its version are committed together, and no version comes back."""

from __future__ import annotations

from itertools import count

import pytest
from django.db import transaction

from discussion.models import Comment
from pagecache import versions
from pagecache.models import Change
from pagecache.version_table import slot, unnamed
from pagecache.versions import version_table
from tests.support.comments import make_comment
from tests.support.page_versions import forget_bumps, publish_bumps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _another_transaction():
    forget_bumps()


def version_of(name: str) -> int:
    table = version_table()
    table.generation()
    return table.read(slot(name))


def test_every_committed_change_gives_a_new_version_to_that_name_alone():
    numbers, other = set(), versions.current("talk/8")
    for _ in range(3):
        versions.bump("talk/7")
        publish_bumps()
        numbers.add(versions.current("talk/7"))

    assert len(numbers) == 3
    assert versions.current("talk/8") == other


def test_what_is_not_committed_yet_has_no_version_and_others_see_the_former():
    before = version_of("talk/7")

    versions.bump("talk/7")

    assert versions.current("talk/7") is None
    assert version_of("talk/7") == before
    publish_bumps()
    assert versions.current("talk/7") == version_of("talk/7") != before


def test_a_transaction_writes_down_each_name_once():
    versions.bump("talk/7", "talk/8", "talk/7")
    versions.bump("talk/8", "talk/9")

    assert sorted(Change.objects.values_list("name", flat=True)) == ["talk/7", "talk/8", "talk/9"]


def test_a_change_that_is_rolled_back_leaves_the_version_as_it_was(run_on_commit):
    before = version_of("talk/7")

    with run_on_commit(), transaction.atomic():
        versions.bump("talk/7")
        transaction.set_rollback(True)

    assert not Change.objects.exists()
    assert versions.current("talk/7") == version_of("talk/7") == before


def test_a_change_after_a_savepoint_that_was_rolled_back_is_written_down_again():
    with transaction.atomic():
        versions.bump("talk/7")
        transaction.set_rollback(True)

    versions.bump("talk/7")

    assert Change.objects.get().name == "talk/7"


def test_a_table_that_cannot_be_reached_fails_no_request_that_was_committed(
    monkeypatch, caplog, run_on_commit
):
    class Unreachable:
        def write(self, numbers):
            raise ConnectionError("gone")

    with run_on_commit():
        versions.bump("talk/7")
        monkeypatch.setattr(versions, "version_table", Unreachable)

    assert "could not be published yet" in caplog.text
    assert Change.objects.get().name == "talk/7"  # for the sweep


def test_a_discussion_that_shares_the_slot_of_its_family_still_gets_new_versions():
    shared = slot(unnamed("comments"))
    name = next(name for number in count(1) if slot(name := f"discussion/{number}") == shared)
    before = versions.current(name)

    versions.bump(name)
    publish_bumps()

    assert versions.current(name) != before


def test_comments_that_change_without_a_word_of_whose_page_change_every_discussion():
    comment = make_comment()
    forget_bumps()
    before = [version_of(name) for name in (f"discussion/{comment.page_id}", "discussion/999")]
    unnamed_before = version_of(unnamed("comments"))

    Comment.objects.filter(pk=comment.pk).update(comment="Changed by a script.")
    assert versions.current("discussion/999") is None
    publish_bumps()

    assert [version_of(name) for name in (f"discussion/{comment.page_id}", "discussion/999")] == before
    assert version_of(unnamed("comments")) != unnamed_before


def test_comments_that_change_under_one_page_leave_other_discussions_alone():
    make_comment()
    publish_bumps()
    other = versions.current("discussion/999")

    comment = make_comment()
    publish_bumps()

    assert versions.current("discussion/999") == other
    assert versions.current(f"discussion/{comment.page_id}") is not None
