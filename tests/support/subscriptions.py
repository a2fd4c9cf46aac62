"""Following a discussion, and who was notified."""

from __future__ import annotations

from discussion.models import Frequency, Scope, Subscription
from discussion.notifications import dispatch
from mail.models import QueuedEmail


def make_subscription(*, on, by=None, address="", scope=Scope.PAGE, frequency=Frequency.NOW):
    return Subscription.objects.create(page=on, member=by, address=address, scope=scope, frequency=frequency)


def notified():
    """Notify of everything, and return to whom e-mail went, in order."""
    dispatch.notify_pending()
    return list(QueuedEmail.objects.order_by("to").values_list("to", flat=True))
