"""What editors, moderators and administrators may do from the first day."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

NAMES = ("Editors", "Moderators", "Administrators")
ROOMS = ["accounts", "wagtailcore", "wagtailadmin", "publishing", "discussion", "mail"]
BESIDES = [
    "auth",
    "blog",
    "home",
    "papers",
    "wagtaildocs",
    "wagtailimages",
    "wagtailredirects",
    "wagtailusers",
]

# Deeds on pages, files and words, by group. "Editors" publish: this is a small desk.
PAGE_DEEDS = {
    "Editors": ["add_page", "change_page", "publish_page", "lock_page"],
    "Moderators": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    "Administrators": [
        "add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page",
    ],
}  # fmt: skip
FILE_DEEDS = [
    f"{deed}_{kind}" for kind in ("siteimage", "sitedocument") for deed in ("add", "change", "choose")
]
COLLECTION_DEEDS = {
    "Editors": FILE_DEEDS,
    "Moderators": FILE_DEEDS,
    "Administrators": [*FILE_DEEDS, "add_collection", "change_collection", "delete_collection"],
}
WORD_DEEDS = [
    f"{deed}_{kind}" for kind in ("author", "topic") for deed in ("add", "change", "delete", "view")
]
TALK_DEEDS = ["moderate_comment"]
VOICE_DEEDS = [
    *(f"{deed}_organisation" for deed in ("add", "change", "delete", "view")),
    *(f"{deed}_voice" for deed in ("change", "view")),
]
# Who signed in from where, and whose letters come back, is for fewer eyes.
TRACE_DEEDS = {
    "Editors": [],
    "Moderators": ["view_trace", *(f"{action}_suppressedaddress" for action in ("add", "delete", "view"))],
}


def rights_of(name: str) -> Q:
    """Return what finds a group's rights that hold everywhere; those on pages and files come by place."""
    if name == "Administrators":
        return Q(content_type__app_label__in=[*ROOMS, *BESIDES])
    return codes("access_admin", *WORD_DEEDS, *TALK_DEEDS, *VOICE_DEEDS, *TRACE_DEEDS[name])


def codes(*codenames: str) -> Q:
    """Return what finds rights by codename: ours and Wagtail's, not like-named ones of other packages."""
    return Q(codename__in=codenames, content_type__app_label__in=ROOMS)


def grant(home: Page) -> None:
    """Give the groups what they need and may not have yet; take nothing away."""
    for name in NAMES:
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(rights_of(name)))
        for permission in Permission.objects.filter(codes(*PAGE_DEEDS[name])):
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
        for permission in Permission.objects.filter(codes(*COLLECTION_DEEDS[name])):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
