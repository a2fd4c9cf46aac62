"""A type for views that only members reach."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


class MemberRequest(HttpRequest):
    """A request behind login_required, or a check of permissions: its user is never anonymous."""

    user: User
