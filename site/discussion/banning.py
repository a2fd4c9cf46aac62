"""Banning a writer: the account, and the address, under which they could come back as a guest."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from discussion.models import Ban, Comment
from discussion.models.bans import mark_of


@transaction.atomic
def ban(
    *, kind: str, days: int, by: User, user: User | None = None, address: str, about: Comment | None = None
) -> Ban:
    """Ban ``address`` and ``user``, or the account that has the address; an earlier ban of theirs ends.

    ``days`` 0 is until it is lifted. What they have not confirmed yet waits for
    a moderator. The log tells it of the comment it is ``about``, if there is one.
    """
    mark = mark_of(address)
    if user is None and mark:
        user = User.objects.filter(email__iexact=address).first()
    Ban.objects.about(user=user, mark=mark).delete()
    until = timezone.now() + timedelta(days=days) if days else None
    begun = Ban.objects.create(kind=kind, user=user, mark=mark, until=until, by=by)
    if mark:
        Comment.objects.unconfirmed().filter(user_email__iexact=address).update(held_first=True)
    data = {"kind": kind, "days": days}
    log(instance=about or begun, action="discussion.ban", user=by, data=data)
    return begun
