"""Deleting an account: asked for, waited for, carried out."""

from __future__ import annotations

import logging

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Leaving, Trace, User
from accounts.models.deletion import WAIT
from accounts.privacy import registry
from mail import queue

log = logging.getLogger(__name__)
PURPOSE = "accounts.deletion.service.keep"


@transaction.atomic
def ask(user: User) -> Leaving:
    """Note the wish and write how to take it back; asking twice changes nothing."""
    leaving, is_new = Leaving.objects.get_or_create(user=user)
    if is_new:
        audit.write(Trace.Deed.LEAVING, person=user, details="asked for")
        there = {
            "leaving": leaving,
            "keep_url": settings.BASE_URL + reverse("account_keep", args=[token(leaving)]),
        }
        queue.enqueue(
            to=user.email,
            subject=_("Your account will be deleted"),
            text=render_to_string("account/email/leaving.txt", there),
        )
    return leaving


def keep(user: User) -> bool:
    """Take the wish back; return whether there was one."""
    gone, _rows = Leaving.objects.filter(user=user).delete()
    if gone:
        audit.write(Trace.Deed.LEAVING, person=user, details="taken back")
    return bool(gone)


def token(leaving: Leaving) -> str:
    """Return what proves that somebody reads the mail of the one who leaves; of no use for anything else."""
    return signing.dumps([leaving.user_id, leaving.asked_at.isoformat()], salt=PURPOSE)


def by_token(word: str) -> Leaving | None:
    """Return the departure a letter told of, None when it is over, taken back, or not ours."""
    try:
        number, asked_at = signing.loads(word, salt=PURPOSE, max_age=WAIT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    leaving = Leaving.objects.select_related("user").filter(user_id=number).first()
    return leaving if leaving is not None and leaving.asked_at.isoformat() == asked_at else None


def may_leave(user: User) -> bool:
    """Return whether the site can do without: the last administrator has to name another one first."""
    if not user.is_superuser:
        return True
    return User.objects.filter(is_superuser=True, is_active=True, leaving=None).exclude(pk=user.pk).exists()


def carry_out() -> int:
    """Erase everybody whose wait is over; return how many. One that fails stays and is tried again."""
    count = 0
    for number in list(Leaving.objects.due().values_list("user_id", flat=True)):
        try:
            count += _carry_out_one(number)
        except Exception:
            log.exception("Account %s could not be erased.", number)
    return count


@transaction.atomic
def _carry_out_one(number: int) -> int:
    leaving = Leaving.objects.select_for_update().due().filter(user_id=number).first()
    if leaving is None or not may_leave_now(leaving.user):
        return 0
    registry.erase(leaving.user)
    return 1


def may_leave_now(user: User) -> bool:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return not user.is_superuser or others.exists()


def end_sessions(user: User) -> int:
    """End every session of ``user`` on the server; return how many there were."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)
