"""The permissions of editors, moderators and administrators."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

GROUPS = ("Editors", "Moderators", "Administrators")
OUR_APPS = ["accounts", "wagtailcore", "wagtailadmin", "publishing", "discussion", "mail"]
OTHER_APPS = [
    "auth",
    "blog",
    "home",
    "papers",
    "wagtaildocs",
    "wagtailimages",
    "wagtailredirects",
    "wagtailusers",
]

# By group. Editors may publish: associations have small teams.
PAGE_PERMISSIONS = {
    "Editors": ["add_page", "change_page", "publish_page", "lock_page"],
    "Moderators": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    "Administrators": [
        "add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page",
    ],
}  # fmt: skip
FILE_PERMISSIONS = [
    f"{action}_{model}" for model in ("siteimage", "sitedocument") for action in ("add", "change", "choose")
]
COLLECTION_PERMISSIONS = {
    "Editors": FILE_PERMISSIONS,
    "Moderators": FILE_PERMISSIONS,
    "Administrators": [*FILE_PERMISSIONS, "add_collection", "change_collection", "delete_collection"],
}
VOCABULARY_PERMISSIONS = [
    f"{action}_{model}" for model in ("author", "topic") for action in ("add", "change", "delete", "view")
]
DISCUSSION_PERMISSIONS = ["moderate_comment"]
AFFILIATION_PERMISSIONS = [
    *(f"{action}_organisation" for action in ("add", "change", "delete", "view")),
    *(f"{action}_affiliation" for action in ("change", "view")),
]
# Who signed in from where, and whose e-mail bounces, is personal data: not for editors.
PRIVACY_PERMISSIONS = {
    "Editors": [],
    "Moderators": [
        "view_accountevent",
        *(f"{action}_suppressedaddress" for action in ("add", "delete", "view")),
    ],
}


def global_permissions(name: str) -> Q:
    """Return the condition for a group's site-wide permissions, not those on pages and collections."""
    if name == "Administrators":
        return Q(content_type__app_label__in=[*OUR_APPS, *OTHER_APPS])
    return by_codename(
        "access_admin",
        *VOCABULARY_PERMISSIONS,
        *DISCUSSION_PERMISSIONS,
        *AFFILIATION_PERMISSIONS,
        *PRIVACY_PERMISSIONS[name],
    )


def by_codename(*codenames: str) -> Q:
    """Return the condition for permissions by codename; only ours and Wagtail's, not of other packages."""
    return Q(codename__in=codenames, content_type__app_label__in=OUR_APPS)


def grant(home: Page) -> None:
    """Add the permissions that the groups lack; remove none."""
    for name in GROUPS:
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(global_permissions(name)))
        # Wagtail lets its own groups begin at the root; who grants those groups must reach as far.
        top = home.get_root() if name == "Administrators" else home
        for permission in Permission.objects.filter(by_codename(*PAGE_PERMISSIONS[name])):
            GroupPagePermission.objects.get_or_create(group=group, page=top, permission=permission)
        for permission in Permission.objects.filter(by_codename(*COLLECTION_PERMISSIONS[name])):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
