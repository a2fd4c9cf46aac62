"""The demo's accounts for the Wagtail admin."""

from __future__ import annotations

import os
import secrets

from django.contrib.auth.models import Group

from accounts.models import User
from accounts.signin.social import vouch_for_address

STAFF = [
    ("admin@example.org", "Dorothea Wren", "", "Administrators"),
    ("editor@example.org", "Lionel Sedgwick", "Editor", "Editors"),
    ("moderator@example.org", "Honora Finch", "Moderator", "Moderators"),
]


def make() -> str | None:
    """Make the three accounts; return their password where one was made up now.

    ``DEMO_ADMIN_PASSWORD`` gives it; else it is random, and known only to who
    reads it on the screen.
    """
    given = os.environ.get("DEMO_ADMIN_PASSWORD", "")
    fresh = [row for row in STAFF if not User.objects.filter(email=row[0]).exists()]
    if not fresh and not given:
        return None
    password = given or secrets.token_urlsafe(9)
    for email, name, role, group in STAFF:
        user = User.objects.filter(email=email).first() or User(email=email)
        user.name, user.role, user.is_staff, user.is_superuser = name, role, True, group == "Administrators"
        user.set_password(password)
        user.save()
        vouch_for_address(user)  # nobody can read mail to example.org
        if group != "Administrators":
            user.groups.add(Group.objects.get(name=group))
    return password
