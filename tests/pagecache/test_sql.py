"""What statements read and write, however they are made."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, models, transaction

from accounts.models import User
from blog.models import Post
from discussion.models import Comment
from mail.models import SuppressedAddress
from pagecache import sql, versions
from pagecache.dependencies import Dependencies, covered_by, gathered
from pagecache.models import Change
from pagecache.sql import parse
from pagecache.version_table import unnamed
from pagecache.versions import version_table
from publishing.models import Topic
from tests.support.factories import make_post, make_user
from tests.support.page_versions import forget_bumps


@pytest.mark.parametrize(
    ("statement", "reads"),
    [
        (
            'SELECT "a"."id" FROM "blog_post" "a" INNER JOIN "publishing_topic" ON (1)',
            {"blog_post", "publishing_topic"},
        ),
        ('SELECT 1 FROM "a" WHERE EXISTS(SELECT 1 FROM "b" LEFT OUTER JOIN "c" ON (1))', {"a", "b", "c"}),
        ("select x from a\n  join\n b on 1", {"a", "b"}),
        ('SELECT 1 FROM (SELECT 2 FROM "a") u', {"a"}),
        ('SELECT COUNT(*) FROM "discussion_comment"', {"comments"}),
        ('SELECT 1 FROM "search_index"', {"search_entry"}),
        ('WITH x AS (SELECT 1 FROM "a") SELECT 1 FROM x', {"a", "x"}),
        ('INSERT INTO "a" SELECT 1 FROM "b"', {"b"}),
        ('UPDATE "a" SET "x" = (SELECT 1 FROM "b")', {"b"}),
        ("BEGIN", set()),
    ],
)
def test_every_table_that_a_statement_reads(statement, reads):
    assert parse(statement).reads == reads


@pytest.mark.parametrize(
    ("statement", "writes"),
    [
        ('INSERT INTO "blog_post" ("a") VALUES (%s)', ("blog_post",)),
        ('INSERT OR IGNORE INTO "blog_post" VALUES (1)', ("blog_post",)),
        ('INSERT INTO "a" ("x") VALUES (%s) ON CONFLICT("x") DO UPDATE SET "y" = 1', ("a",)),
        ("REPLACE INTO blog_post VALUES (1)", ("blog_post",)),
        ('UPDATE "blog_post" SET "a" = 1', ("blog_post",)),
        ('DELETE FROM "blog_post" WHERE 1', ("blog_post",)),
        ('TRUNCATE TABLE "blog_post"', ("blog_post",)),
        ("truncate blog_post", ("blog_post",)),
        ('WITH x AS (SELECT 1) UPDATE "a" SET "y" = 1', ("a",)),
        ('WITH x AS (DELETE FROM "a" RETURNING 1) INSERT INTO "b" SELECT 1 FROM x', ("a", "b")),
        ('SELECT 1 FROM "a" FOR UPDATE', ()),
        ('SELECT 1 FROM "a" FOR UPDATE OF "a"', ()),
        ('SELECT 1 FROM "a" FOR NO KEY UPDATE', ()),
        ('SELECT "a"."update", "insert" FROM "a"', ()),
        ('INSERT INTO "django_comments" VALUES (1)', ("comments",)),
        ('UPDATE "discussion_reaction" SET "x" = 1', ("comments",)),
        # What nobody sees.
        ('UPDATE "mail_queuedemail" SET "x" = 1', ()),
        ('INSERT INTO "pagecache_change" VALUES (1)', ()),
        ('INSERT INTO "accounts_user" ("name") VALUES (1)', ()),
        ('UPDATE "accounts_user" SET "name" = 1', ("accounts_user",)),
        ('DELETE FROM "accounts_user"', ("accounts_user",)),
        ('UPDATE "accounts_user" SET "last_login" = %s WHERE "id" = 1', ()),
        ('UPDATE "accounts_user" SET "last_login" = %s, "name" = %s WHERE "id" = 1', ("accounts_user",)),
        ('UPDATE "accounts_user" SET "last_login" = %s,"name"=%s', ("accounts_user",)),
        ("UPDATE accounts_user SET last_login = 1, name = 2", ("accounts_user",)),
        ("UPDATE accounts_user SET last_login = 1", ()),
        (
            'UPDATE "accounts_user" SET "last_login" = (SELECT 1 FROM "a" WHERE 1), "name" = 2',
            ("accounts_user",),
        ),
        ('UPDATE "accounts_user" SET "name" = "last_login"', ("accounts_user",)),
        ('UPDATE "discussion_comment" SET "notified" = 1 WHERE "id" IN (1, 2)', ()),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "has_unpublished_changes" = %s WHERE 1', ()),
    ],
)
def test_every_table_whose_pages_a_statement_changes(statement, writes):
    assert parse(statement).writes == writes


# --- Statements as Django makes them -----------------------------------------------------------------------


@pytest.fixture
def bumped(db):
    """Return what is called since: each name that was bumped, and the names start anew."""

    def names():
        found = sorted(set(Change.objects.values_list("name", flat=True)))
        forget_bumps()
        return found

    forget_bumps()
    return names


def test_every_way_to_change_rows_is_noticed(bumped):
    topic = Topic.objects.create(name="Buses", slug="buses")
    assert bumped() == ["publishing_topic"]
    topic.save()
    assert bumped() == ["publishing_topic"]
    Topic.objects.bulk_create([Topic(name="Nurses", slug="nurses")])
    assert bumped() == ["publishing_topic"]
    Topic.objects.update(description=models.F("name"))
    assert bumped() == ["publishing_topic"]
    Topic.objects.bulk_update([topic], ["name"])
    assert bumped() == ["publishing_topic"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_topic SET name = 'x' WHERE id = %s", [topic.pk])
        assert bumped() == ["publishing_topic"]
        cursor.executemany("DELETE FROM publishing_topic WHERE id = %s", [[topic.pk], [0]])
    assert bumped() == ["publishing_topic"]
    Topic.objects.all()._raw_delete("default")
    assert bumped() == ["publishing_topic"]


def test_rows_between_pages_and_others_are_noticed(bumped):
    post = make_post()
    bumped()

    post.tags.add("nurses")
    post.save()

    assert {"taggit_tag", "blog_post"} <= set(bumped())


def test_reading_and_what_no_page_shows_change_nothing(bumped):
    member = make_user()
    bumped()

    list(Topic.objects.select_for_update())
    SuppressedAddress.objects.create(address="a@example.org")
    User.objects.filter(pk=member.pk).update(last_login=None)
    member.save(update_fields=["password"])

    assert bumped() == []


def test_deleting_an_account_is_noticed(bumped):
    member = make_user()
    bumped()

    member.delete()

    assert "accounts_user" in bumped()


def read_by(function):
    with gathered(Dependencies(version_table(), 9e9)) as dependencies:
        before = set(dependencies.names)
        function()
    return dependencies.names - before, dependencies.untracked


@pytest.mark.django_db
def test_every_way_to_read_rows_is_noted():
    names = {"wagtailcore_page", "blog_post"}

    assert read_by(lambda: list(Post.objects.all()))[0] == names
    assert read_by(lambda: Post.objects.exists())[0] >= {"blog_post"}
    assert read_by(lambda: Post.objects.count())[0] >= {"blog_post"}
    assert read_by(lambda: list(Post.objects.values_list("pk").iterator()))[0] >= {"blog_post"}
    assert read_by(lambda: list(Topic.objects.raw("select * from publishing_topic")))[0] == {
        "publishing_topic"
    }
    assert read_by(lambda: list(Topic.objects.extra(where=["1 = (SELECT 1 FROM blog_post)"])))[0] >= {
        "blog_post"
    }


@pytest.mark.django_db
def test_what_nobody_follows_is_noted_as_that():
    names, untracked = read_by(lambda: SuppressedAddress.objects.exists())

    assert (names, untracked) == (set(), {"mail_suppressedaddress"})


@pytest.mark.django_db
def test_a_query_that_is_covered_depends_on_the_finer_name_alone():
    def read():
        with covered_by("discussion/7", instead_of="comments"):
            list(Comment.objects.all())
            list(Topic.objects.all())

    assert read_by(read)[0] == {"discussion/7", unnamed("comments"), "publishing_topic"}


# --- Connections ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_thread_is_followed():
    followed = []

    def look():
        connections["default"].ensure_connection()
        followed.append(sql.follow in connections["default"].execute_wrappers)
        connections["default"].close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert followed == [True]


@pytest.mark.django_db
def test_a_connection_is_followed_once_and_not_during_migrations():
    wrappers = connection.execute_wrappers
    sql.install(connection=connection)
    assert wrappers.count(sql.follow) == 1

    sql.uninstall()
    assert sql.follow not in wrappers
    sql.uninstall()
    sql.install(connection=connection)
    assert wrappers.count(sql.follow) == 1


@pytest.mark.django_db
def test_a_statement_that_is_rolled_back_moves_nothing(run_on_commit):
    forget_bumps()
    before = versions.current("publishing_topic")

    with run_on_commit(), transaction.atomic():
        Topic.objects.create(name="Buses", slug="buses")
        transaction.set_rollback(True)

    assert versions.current("publishing_topic") == before
    assert not Change.objects.exists()
