"""A change whose publication was lost is found by the next sweep; a backup that is restored is noticed."""

from __future__ import annotations

import json
import signal

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from home.jobs import JOBS
from pagecache import changes, sql, versions
from pagecache.models import Change, DatabaseMark
from pagecache.version_table import GENERATION, MARK, slot, unnamed
from pagecache.versions import version_table
from tests.support import databases
from tests.support.page_versions import forget_bumps, publish_bumps
from tests.support.processes import started


@pytest.fixture
def swept(db, run_on_commit):
    """Return a sweep that is committed, after a first one."""

    def sweep():
        with run_on_commit():
            return changes.sweep()

    forget_bumps()
    sweep()
    return sweep


def version_of(name):
    table = version_table()
    table.generation()
    return table.read(slot(name))


def mark():
    table = version_table()
    table.generation()
    return table.read(MARK)


def lose(*names):
    """Commit a change in a process that is killed before it publishes it."""
    versions.bump(*names)
    connection.run_on_commit = []


def test_a_lost_change_is_published(swept):
    before = [version_of(name) for name in ("publishing_topic", "discussion/7", "discussion/8")]

    lose("publishing_topic", "discussion/7")

    assert swept() == 2
    after = [version_of(name) for name in ("publishing_topic", "discussion/7", "discussion/8")]
    assert [old != new for old, new in zip(before, after, strict=True)] == [True, True, False]


def test_a_lost_change_of_a_family_is_one_of_all_its_names(swept):
    before = version_of(unnamed("comments"))

    lose("comments")
    swept()

    assert version_of(unnamed("comments")) != before


def test_a_change_that_was_published_is_forgotten_and_moves_nothing_again(swept):
    versions.bump("publishing_topic")
    for _savepoints, hook, _robust in connection.run_on_commit:
        hook()
    connection.run_on_commit = []
    before, generation = version_of("publishing_topic"), mark()

    assert swept() == 0
    assert version_of("publishing_topic") == before
    assert not Change.objects.exists()
    assert mark() != generation


def test_with_nothing_to_do_a_sweep_moves_nothing(swept, django_assert_num_queries):
    generation = version_table().generation()

    with django_assert_num_queries(2):
        assert swept() == 0

    assert version_table().generation() == generation


def test_many_changes_are_swept_in_several_goes(swept, monkeypatch):
    monkeypatch.setattr(changes, "MAX_ROWS", 3)
    for number in range(4):
        lose(f"discussion/{number}", f"page/{number}")

    assert [swept() for _ in range(4)] == [4, 4, 0, 0]


def test_names_that_were_bumped_together_are_published_together(swept, monkeypatch):
    monkeypatch.setattr(changes, "MAX_ROWS", 3)
    before = version_of("discussion/4")

    lose(*(f"discussion/{number}" for number in range(5)))
    swept()

    assert version_of("discussion/4") != before
    assert not Change.objects.exists()


def test_a_database_of_another_time_makes_everything_out_of_date(swept):
    before = version_of("publishing_topic")

    DatabaseMark.objects.update(number=12345)  # as the backup had it
    swept()

    assert version_of("publishing_topic") != before
    assert DatabaseMark.objects.get().number == mark() != 12345
    before = version_of("publishing_topic")
    swept()
    assert version_of("publishing_topic") == before


def test_a_database_without_a_mark_gets_one(swept):
    before = version_of("publishing_topic")

    DatabaseMark.objects.all().delete()
    swept()

    assert version_of("publishing_topic") != before
    assert DatabaseMark.objects.get().number == mark()


def test_an_emptied_table_of_versions_gets_the_mark_again(swept):
    version_table().write({MARK: 1, GENERATION: 2})

    swept()

    assert DatabaseMark.objects.get().number == mark()


def test_after_a_migration_everything_is_out_of_date_and_the_connection_followed(swept):
    before = version_of("publishing_topic")
    sql.uninstall()

    changes.after_migration()

    assert version_of("publishing_topic") != before
    assert sql.follow in connection.execute_wrappers


def test_the_command_makes_everything_out_of_date(swept, capsys):
    before = version_of("publishing_topic")

    call_command("clear_page_cache")

    assert version_of("publishing_topic") != before
    assert "rendered anew" in capsys.readouterr().out


def test_the_sweep_comes_every_five_seconds_and_the_disk_is_bounded():
    jobs = {job.name: job.every for job in JOBS}

    assert jobs["pagecache.changes.sweep"] == 5
    assert jobs["pagecache.changes.prune_entries"] <= 3_600


def test_the_entries_of_the_disk_are_bounded(settings, tmp_path, monkeypatch):
    settings.PAGE_CACHE_FOLDER = tmp_path
    monkeypatch.setattr(changes, "MAX_STORE_BYTES", 250)
    for number in range(4):
        path = tmp_path / "entries" / "build" / "ab" / str(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 100)

    assert changes.prune_entries() == 2


def test_a_migration_writes_what_nobody_follows(swept):
    MigrationRecorder(connection).record_applied("nothing", "0001")

    assert not Change.objects.exists()
    publish_bumps()


# --- Processes ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def facts(tmp_path_factory, django_db_setup, django_db_blocker):
    """What a site shows whose processes commit, roll back, are killed, and whose backup is restored."""
    folder = tmp_path_factory.mktemp("killed")
    with django_db_blocker.unblock(), databases.another(folder) as address:
        variables = {
            "DATABASE_URL": address, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings",
        }  # fmt: skip
        with started("-m", "tests.support.page_cache_site", str(folder), **variables) as child:
            output = child.stdout.read()
    assert "FACTS" in output, output
    return json.loads(output.partition("FACTS")[2])


def test_a_commit_of_another_process_is_shown_at_once(facts):
    assert facts["first"] == ["First", "First"]
    assert facts["after another process' commit"] == "Second"


def test_a_rollback_of_another_process_lets_no_page_be_rendered(facts):
    assert facts["after a rollback"] == ["Second", 0]


def test_what_a_process_has_committed_before_it_was_killed_is_shown_after_the_sweep(facts):
    assert facts["killed by"] == signal.SIGKILL
    assert facts["before the sweep"] == "Second"  # which operators are told of
    assert (facts["lost"], facts["after the sweep"]) == (1, "Killed")


def test_a_sweep_finds_a_lost_change_once_and_lets_pages_go_on(facts):
    assert facts["lost then"] == 0
    assert facts["unchanged"] == ["Killed", 0]


@pytest.mark.skipif(
    "__import__('django.db').db.connection.vendor != 'sqlite'", reason="copies the file of the database"
)
def test_after_a_backup_was_restored_pages_show_it(facts):
    assert facts["before the restore"] == "Newest"
    assert facts["after the restore"] == "Killed"
