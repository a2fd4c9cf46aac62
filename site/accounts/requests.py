"""The request of a view that only signed-in people reach."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


class MemberRequest(HttpRequest):
    """A request behind ``login_required`` or ``reauthentication_required``: ``user`` is a person."""

    user: User
