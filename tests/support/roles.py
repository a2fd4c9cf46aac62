"""Those who walk the site's addresses, from nobody to everything."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission

from accounts.models import User
from blog.models import PostIndex
from tests.support.factories import make_user

ROLES = (
    "anonymous", "member", "admin right", "author", "editor", "moderator", "administrator", "superuser",
)  # fmt: skip


def make_role(role: str) -> User | None:
    """Make somebody with ``role``; None for anonymous readers."""
    if role == "anonymous":
        return None
    user = make_user(name=role.title(), is_superuser=role == "superuser")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    enter = Permission.objects.get(codename="access_admin")
    if role == "admin right":
        user.user_permissions.add(enter)
    elif role == "author":  # may write posts, and hand them in
        group = Group.objects.create(name="Authors")
        group.permissions.add(enter)
        GroupPagePermission.objects.create(
            group=group, page=PostIndex.objects.get(), permission=Permission.objects.get(codename="add_page")
        )
        user.groups.add(group)
    elif role in ("editor", "moderator", "administrator"):
        user.groups.add(Group.objects.get(name=f"{role}s".capitalize()))
    return user


def client_of(user: User | None, **options: bool) -> Client:
    client = Client(raise_request_exception=False, **options)
    if user:
        client.force_login(user)
    return client
