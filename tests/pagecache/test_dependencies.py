"""What a rendering shows, and until when, is gathered while it runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from pagecache import dependencies
from pagecache.dependencies import (
    ALWAYS,
    Dependencies,
    covered_by,
    current_dependencies,
    depends_on,
    expire_with,
    expires_at,
    gathered,
    is_covered,
    next_midnight,
    uncovered,
)
from pagecache.version_table import MemoryMappedTable, slot, unnamed
from papers.models import Edition
from tests.support.page_versions import publish
from tests.support.paper_files import make_edition


@pytest.fixture
def table(tmp_path):
    return MemoryMappedTable(tmp_path / "versions")


@pytest.fixture
def page(table):
    return Dependencies(table, expires_at=1_000.0)


def test_what_is_shown_is_noted_with_its_version_and_what_is_always_shown(page, table):
    with gathered(page):
        depends_on("discussion/7", "comments")

    assert page.names == {"discussion/7", "comments", *ALWAYS}
    assert page.versions == {slot(name): table.read(slot(name)) for name in page.names}


def test_the_version_is_the_one_before_it_was_read_first(page, table):
    before = table.read(slot("comments"))
    with gathered(page):
        depends_on("comments")
        publish(table, "comments")
        depends_on("comments")

    assert page.versions[slot("comments")] == before
    assert not page.are_current(0)


def test_outside_a_rendering_nothing_is_noted(page):
    depends_on("comments")
    expires_at(datetime(1999, 1, 1, tzinfo=UTC))
    with gathered(page):
        pass
    depends_on("comments")

    assert current_dependencies() is None
    assert "comments" not in page.names
    assert page.expires_at == 1_000.0


def test_a_rendering_inside_another_notes_its_own(page, table):
    inner = Dependencies(table, expires_at=2_000.0)
    with gathered(page):
        with gathered(inner):
            depends_on("comments")
        depends_on("discussion/7")

    assert "comments" not in page.names
    assert "discussion/7" not in inner.names


def test_what_shows_something_kept_depends_on_all_that_does(page, table):
    inner = Dependencies(table, expires_at=500.0)
    inner.add("comments")
    inner.untracked.add("mail_queuedemail")
    old = dict(inner.versions)
    publish(table, "comments")

    page.include(inner)

    assert (page.names, page.untracked, page.expires_at) == ({"comments"}, {"mail_queuedemail"}, 500.0)
    assert page.versions == old
    assert not page.are_current(0)


def test_the_older_version_counts_where_both_have_one(page, table):
    page.add("comments")
    old = dict(page.versions)
    publish(table, "comments")
    newer = Dependencies(table, expires_at=2_000.0)
    newer.add("comments")

    page.include(newer)

    assert page.versions == old


def test_a_page_is_current_until_a_version_moves_or_its_moment_comes(page, table):
    page.add("comments")
    assert page.are_current(999.9)
    assert not page.are_current(1_000.0)

    publish(table, "discussion/7")
    assert page.are_current(0)
    publish(table, "comments")
    assert not page.are_current(0)


def test_the_earliest_moment_counts(page):
    def at(seconds):
        return datetime.fromtimestamp(seconds, UTC)

    with gathered(page):
        for moment in (at(900), None, at(700), at(800), at(2_000)):
            expires_at(moment)

    assert page.expires_at == 700.0


def test_inside_a_cover_one_finer_name_stands_for_its_family(page):
    with gathered(page):
        with covered_by("discussion/7", instead_of="comments"):
            assert is_covered("comments")
            assert not is_covered("publishing_topic")
            with covered_by("other/1", instead_of="others"):
                assert is_covered("comments")
            with uncovered():
                assert not is_covered("comments")
            assert is_covered("comments")
        assert not is_covered("comments")

    assert {"discussion/7", unnamed("comments")} <= page.names


def test_a_cover_ends_with_an_exception(page):
    with pytest.raises(ValueError, match="x"), covered_by("discussion/7", instead_of="comments"):
        raise ValueError("x")

    assert not is_covered("comments")


@pytest.mark.django_db
def test_a_page_is_right_until_the_first_of_some_rows_has_its_moment(page, django_assert_num_queries):
    now = timezone.now()
    for days in (9, 3, None):
        make_edition(embargoed_until=now + timedelta(days=days) if days else None)
    page.expires_at = (now + timedelta(days=100)).timestamp()

    with django_assert_num_queries(0):
        expire_with(Edition.objects.all(), "embargoed_until")
    with gathered(page), django_assert_num_queries(1):
        expire_with(Edition.objects.all(), "embargoed_until")

    assert page.expires_at == (now + timedelta(days=3)).timestamp()


@pytest.mark.django_db
def test_without_such_rows_time_changes_nothing(page):
    with gathered(page):
        expire_with(Edition.objects.none(), "embargoed_until")

    assert page.expires_at == 1_000.0


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        ("2026-11-28T15:00Z", "2026-11-29T05:00Z"),
        ("2026-11-29T04:59Z", "2026-11-29T05:00Z"),
        ("2026-11-29T05:00Z", "2026-11-30T05:00Z"),
        ("2026-10-31T12:00Z", "2026-11-01T04:00Z"),
        ("2026-11-01T12:00Z", "2026-11-02T05:00Z"),  # the night after the clocks went back
    ],
)
def test_the_next_day_begins_where_the_site_is(now, midnight, settings):
    settings.TIME_ZONE = "America/New_York"
    with time_machine.travel(datetime.fromisoformat(now), tick=False):
        assert dependencies.next_midnight() == next_midnight() == datetime.fromisoformat(midnight)
