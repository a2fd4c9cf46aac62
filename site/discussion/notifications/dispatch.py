"""Telling those who follow a talk what was said: at once by letter, or by a notice for their next digest."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from discussion.models import Comment, Following, Notice, Rhythm, Scope, State, Wishes
from discussion.models.subscriptions import FollowingQuerySet
from discussion.moderation import asking
from discussion.notifications import emails
from publishing.models import all_pages

BATCH = 100
NEWS = timedelta(days=2)  # what became readable later than that was moved here, or waited too long


def tell_waiting() -> int:
    """Tell of the comments that became readable since; return of how many.

    Safe to repeat, and to run side by side: each comment is told of in one
    transaction that takes it for itself.
    """
    untold = Comment.objects.published().filter(told=False)
    untold.filter(submit_date__lt=timezone.now() - NEWS).update(told=True)
    found = untold.on_public_pages().select_related("page__owner__wishes", "user", "reply_to").order_by("pk")
    return sum(tell(comment) for comment in found[:BATCH])


@transaction.atomic
def tell(comment: Comment) -> bool:
    """Tell everybody whom the comment concerns; say whether nobody else has done so."""
    if not Comment.objects.published().filter(pk=comment.pk, told=False).update(told=True):
        return False
    let_owner_follow(comment)
    concerned = Following.objects.to_be_told_of(comment).select_related("member", "page")
    for following in concerned:
        if following.member is not None and not following.member.is_active:
            continue
        if following.rhythm == Rhythm.NOW:
            emails.tell(following, comment)
        else:
            Notice.objects.get_or_create(following=following, comment=comment)
    return True


def let_owner_follow(comment: Comment) -> None:
    """Enter the page's owner among those who follow it, as often as they wish to be told of their pages."""
    owner = comment.page.owner
    if owner is not None:
        rhythm = Wishes.of(owner).own_pages
        wanted = {"scope": Scope.PAGE, "rhythm": rhythm}
        Following.objects.get_or_create(page_id=comment.page_id, member=owner, defaults=wanted)


def send_digests() -> int:
    """Send every digest whose first notice has waited long enough; return how many. Safe to repeat."""
    now, sent = timezone.now(), 0
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        due = Following.objects.filter(rhythm=rhythm, notices__since__lte=now - rhythm.pause)
        people = due.order_by("member", "address").values_list("member", "address").distinct()
        for member, address in list(people):
            sent += send_digest(Following.objects.filter(rhythm=rhythm, member=member, address=address))
    # Who changed to letters at once, or to none, has nothing to wait for.
    Notice.objects.filter(following__rhythm__in=[Rhythm.NOW, Rhythm.NEVER]).delete()
    return sent + asking.send_digests(now)


@transaction.atomic
def send_digest(followed: FollowingQuerySet) -> bool:
    """Write one letter with all that one person is to be told of; say whether there was anything."""
    taken = Notice.objects.filter(following__in=followed.values("pk")).hold()
    public = all_pages().published().order_by().values("pk")
    notices = (
        taken.filter(comment__state=State.PUBLISHED, comment__page__in=public)
        .select_related("comment__user", "following__page", "following__member")
        .order_by("following__page", "comment__submit_date", "comment")
    )
    told = list(notices)
    taken.delete()
    if told:
        emails.digest(told)
    return bool(told)
