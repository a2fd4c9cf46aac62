"""What has to be tidied up from time to time."""

from __future__ import annotations

from django.utils import timezone

from discussion.letters import GOOD_FOR
from discussion.models import Comment


def forget_unconfirmed() -> int:
    """Delete the comments whose guests never followed the link; return how many. Safe to repeat."""
    late = Comment.objects.unconfirmed().filter(submit_date__lt=timezone.now() - GOOD_FOR)
    number = late.count()
    late.delete()
    return number
