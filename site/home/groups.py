"""What editors and moderators may do from the first day. Administrators may everything."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

# Deeds on pages, files and words, by group. "Editors" publish: this is a small desk.
PAGE_DEEDS = {
    "Editors": ["add_page", "change_page", "publish_page", "lock_page"],
    "Moderators": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}
FILE_DEEDS = [
    f"{deed}_{kind}" for kind in ("siteimage", "sitedocument") for deed in ("add", "change", "choose")
]
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
    "Moderators": ["view_trace", *(f"{deed}_suppressed" for deed in ("add", "delete", "view"))],
}


def grant(home: Page) -> None:
    """Give both groups what they need and may not have yet; take nothing away."""
    for name, deeds in PAGE_DEEDS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *named("access_admin", *WORD_DEEDS, *TALK_DEEDS, *VOICE_DEEDS, *TRACE_DEEDS[name])
        )
        for permission in named(*deeds):
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
        for permission in named(*FILE_DEEDS):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )


def named(*codenames: str) -> list[Permission]:
    """Return permissions by codename: ours and Wagtail's, not like-named ones of other packages."""
    rooms = ["accounts", "wagtailcore", "wagtailadmin", "publishing", "discussion", "mail"]
    return list(Permission.objects.filter(codename__in=codenames, content_type__app_label__in=rooms))
