"""The demo's accounts for the Wagtail admin."""

from __future__ import annotations

import os
import secrets

from django.contrib.auth.models import Group

from accounts.models import User
from accounts.signin.social import mark_email_verified

STAFF = [
    ("admin@example.org", "Dorothea Wren", "", "Administrators"),
    ("editor@example.org", "Lionel Sedgwick", "Editor", "Editors"),
    ("moderator@example.org", "Honora Finch", "Moderator", "Moderators"),
]


def make() -> str | None:
    """Create the three accounts; return their password if it is a new random one.

    ``DEMO_ADMIN_PASSWORD`` sets the password; otherwise it is random, and shown
    on the screen only.
    """
    password_from_environment = os.environ.get("DEMO_ADMIN_PASSWORD", "")
    missing = [row for row in STAFF if not User.objects.filter(email=row[0]).exists()]
    if not missing and not password_from_environment:
        return None
    password = password_from_environment or secrets.token_urlsafe(9)
    for email, name, role, group in STAFF:
        user = User.objects.filter(email=email).first() or User(email=email)
        user.name, user.role, user.is_staff, user.is_superuser = name, role, True, group == "Administrators"
        user.set_password(password)
        user.save()
        mark_email_verified(user)  # nobody can read mail to example.org
        if group != "Administrators":
            user.groups.add(Group.objects.get(name=group))
    return password
