"""What the page cache is told of this site: addresses, query names, cookies, and tables of the database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from config import paths
from pagecache.build import build_number
from pagecache.counters import Counters
from pagecache.entry_cache import EntryCache
from pagecache.entry_store import EntryStore, FileStore, RedisStore
from pagecache.front import PageCache
from pagecache.policy import Policy, WSGIApplication
from pagecache.versions import version_table

# --- Tables: of all others, everything that is written counts for every page that reads them. ---------------

ALIASES = {
    "django_comments": "comments",
    "django_comments_xtd_xtdcomment": "comments",
    "discussion_comment": "comments",
    "discussion_reaction": "comments",
    "search_index": "search_entry",
}
# Nothing of these stands on a public page; one that reads them all the same is not kept.
UNTRACKED = frozenset({
    "account_emailconfirmation", "accounts_accountevent", "accounts_deletionrequest", "auth_group",
    "auth_group_permissions", "auth_permission", "accounts_user_groups", "accounts_user_user_permissions",
    "discussion_appeal", "discussion_ban", "discussion_moderatornote", "discussion_notificationpreferences",
    "discussion_pendingnotification", "discussion_readmarker", "discussion_report", "discussion_subscription",
    "django_comment_flags", "django_comments_xtd_blacklisteddomain", "django_migrations", "django_session",
    "django_tasks_database_dbtaskresult", "mail_queuedemail", "mail_suppressedaddress", "mfa_authenticator",
    "pagecache_change", "pagecache_databasemark", "papers_copyrequest", "papers_formatrequest",
    "papers_editioncounter", "socialaccount_socialaccount", "socialaccount_socialapp",
    "socialaccount_socialtoken", "usersessions_usersession", "wagtailadmin_admin",
    "wagtailadmin_editingsession", "wagtailadmin_formstate", "wagtailcore_apitoken", "wagtailcore_comment",
    "wagtailcore_commentreply", "wagtailcore_groupapprovaltask", "wagtailcore_groupapprovaltask_groups",
    "wagtailcore_groupcollectionpermission", "wagtailcore_grouppagepermission",
    "wagtailcore_groupsitepermission", "wagtailcore_modellogentry", "wagtailcore_pagelogentry",
    "wagtailcore_pagesubscription", "wagtailcore_referenceindex", "wagtailcore_revision", "wagtailcore_task",
    "wagtailcore_taskstate", "wagtailcore_uploadedfile", "wagtailcore_workflow",
    "wagtailcore_workflowcontenttype", "wagtailcore_workflowpage", "wagtailcore_workflowstate",
    "wagtailcore_workflowtask", "wagtailsearch_indexentry", "wagtailsearch_indexentry_fts",
    "wagtailusers_userprofile",
})  # fmt: skip
# Saving a draft writes to its page; signing in writes to the account; a letter sent is noted at the comment.
UNSHOWN_COLUMNS = {
    "wagtailcore_page": frozenset(
        {"draft_title", "has_unpublished_changes", "latest_revision_id", "latest_revision_created_at"}
    ),
    "accounts_user": frozenset({"last_login", "password"}),
    "discussion_comment": frozenset({"notified"}),
}
TABLES: dict[str, Any] = {
    "aliases": ALIASES,
    "untracked": UNTRACKED,
    "unshown_columns": UNSHOWN_COLUMNS,
    "unseen_inserts": frozenset({"accounts_user", "account_emailaddress"}),
    "families": {"comments": "discussion/"},  # the comments of a page change by its own name
}

# --- Requests ---------------------------------------------------------------------------------------------

# What public pages read of a query. Under any other name comes something that nobody has asked for.
QUERY_NAMES = frozenset({
    "talk", "order", "role", "thread", "part", "at", "posted", "edited",  # discussions
    "topic", "tag", "audience", "series", "author", "year", "month", "page",  # lists
    "q", "kind",  # search
    "edition", "zoom", "sheet",  # the reader, citations
    "quote", "anchor_edition", "anchor_page",  # what a reply or a comment begins with
})  # fmt: skip
PRIVATE_PATHS = ("/admin/", "/accounts/", "/mail/", "/healthz", "/readyz", "/metrics")


def with_page_cache(application: WSGIApplication) -> WSGIApplication:
    """Put the page cache in front of ``application``, unless PAGE_CACHE_MB is 0."""
    if not settings.PAGE_CACHE_BYTES:
        return application
    folder = Path(settings.PAGE_CACHE_FOLDER)
    return PageCache(
        application,
        policy=policy(),
        table=version_table(),
        cache=EntryCache(settings.PAGE_CACHE_BYTES),
        store=entry_store(folder),
        counters=Counters(folder / "counters"),
    )


def entry_store(folder: Path) -> EntryStore:
    """Return where the processes share entries: in Redis where there are several machines, else in files."""
    address = settings.PAGE_CACHE_VERSIONS
    build = build_number(paths.build_folders())
    if isinstance(address, str):
        return RedisStore(address, build, site=settings.PAGE_CACHE_SITE)
    return FileStore(folder / "entries", build)


def redis_address(cache: Mapping[str, Any]) -> str | None:
    """Return the address of a Redis that ``cache``, an entry of CACHES, names; None for another kind."""
    if not cache["BACKEND"].endswith("RedisCache"):
        return None
    location = cache["LOCATION"]
    address = str(location if isinstance(location, str) else location[0])  # those after it only follow it
    number = cache.get("OPTIONS", {}).get("db")
    return f"{address}?db={number}" if number is not None and "db=" not in address else address


def policy() -> Policy:
    return Policy(
        hosts=kept_hosts(),
        is_https=settings.HTTPS,
        trusts_proxy=bool(settings.TRUSTED_PROXY_COUNT),
        cookies=(settings.SESSION_COOKIE_NAME, "colloquy_guest"),
        query_names=QUERY_NAMES,
        private_paths=(*PRIVATE_PATHS, settings.STATIC_URL),
    )


def kept_hosts() -> frozenset[str]:
    """Return the host of BASE_URL as browsers send it; pages asked for under other names are not kept."""
    return frozenset({settings.BASE_URL.partition("://")[2]})
