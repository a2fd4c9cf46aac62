"""What moderators do to a comment, from the admin or by a link: the action and all that follows from it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from accounts.models import User
from discussion.models import Appeal, Ban, Comment, DiscussionSettings
from discussion.models.moderation import hash_address
from mail import queue
from public_forms import signed_links

APPEAL_SALT = "discussion.appeal"
APPEAL_MAX_AGE = timedelta(days=30)
RESOLVING_ACTIONS = ("approve", "keep", "remove", "mark_as_spam", "restore")


@transaction.atomic
def apply_action(comment: Comment, action: str, *, by: User, rule: int | None = None, text: str = "") -> None:
    """Apply a transition by its name, resolve reports and appeal, and notify the commenter of a removal.

    ``rule`` and ``text``, the message to the commenter, are for "remove" alone.
    Raises TransitionError where the comment's state doesn't allow ``action``.
    """
    if action == "remove":
        comment.remove(rule=rule, by=by)
        notify_removal(comment, text)
    else:
        comment.apply(action, by=by)
    if action in RESOLVING_ACTIONS:
        comment.reports.resolve()
    if action in ("restore", "approve"):
        resolve_appeal(comment, accepted=True)


def notify_removal(comment: Comment, text: str = "") -> None:
    """E-mail the commenter which rule was cited and, if they haven't yet, how to appeal."""
    may_appeal = not Appeal.objects.filter(comment=comment).exists()
    _email_author(
        comment,
        subject=gettext("Your comment on “%(title)s” was removed") % {"title": comment.page.title},
        template="discussion/emails/comment_removed.txt",
        rule=DiscussionSettings.for_page(comment.page).rule_title(comment.rule),
        text=text,
        appeal_url=signed_links.signed_url("appeal", comment.pk, salt=APPEAL_SALT) if may_appeal else "",
        days=APPEAL_MAX_AGE.days,
    )


def resolve_appeal(comment: Comment, *, accepted: bool, text: str = "") -> bool:
    """Close the open appeal about ``comment`` and e-mail the commenter; return whether there was one."""
    open_appeals = Appeal.objects.open().filter(comment=comment)
    if not open_appeals.update(answered_at=timezone.now(), accepted=accepted):
        return False
    _email_author(
        comment,
        subject=gettext("Your appeal about a comment on “%(title)s”") % {"title": comment.page.title},
        template="discussion/emails/appeal_decision.txt",
        accepted=accepted,
        text=text,
        comment_url=settings.BASE_URL + comment.get_absolute_url(),
    )
    return True


@transaction.atomic
def reject_appeal(comment: Comment, *, by: User, text: str = "") -> None:
    """Leave a comment removed although the commenter appealed."""
    if resolve_appeal(comment, accepted=False, text=text):
        log(instance=comment, action="discussion.uphold", user=by, data={"rule": comment.rule})


def appeal_token(comment: Comment) -> str:
    return signed_links.sign(comment.pk, salt=APPEAL_SALT)


def appealed_comment_id(token: str) -> int:
    """Return the primary key of the comment an appeal is about; 0 for a forged or expired token."""
    try:
        return signed_links.load_id(token, salt=APPEAL_SALT, max_age=APPEAL_MAX_AGE) or 0
    except signed_links.LinkExpiredError:
        return 0


def _email_author(comment: Comment, *, subject: str, template: str, **context: object) -> None:
    if not comment.author_email:
        return
    context |= {"page": comment.page, "site": settings.WAGTAIL_SITE_NAME}
    queue.enqueue(to=comment.author_email, subject=subject, text=render_to_string(template, context))


@transaction.atomic
def ban(
    *,
    kind: str,
    days: int,
    by: User,
    user: User | None = None,
    address: str,
    comment: Comment | None = None,
) -> Ban:
    """Ban ``address`` and ``user``, or the account that has the address, instead of any earlier ban.

    ``days`` 0 means until the ban is lifted. Their unconfirmed comments then
    wait for review. The log entry belongs to ``comment``, if there is one.
    """
    address_hash = hash_address(address)
    if user is None and address_hash:
        user = User.objects.filter(email__iexact=address).first()
    Ban.objects.matching(user=user, address_hash=address_hash).delete()
    until = timezone.now() + timedelta(days=days) if days else None
    new_ban = Ban.objects.create(kind=kind, user=user, address_hash=address_hash, until=until, by=by)
    if address_hash:
        Comment.objects.unconfirmed().filter(user_email__iexact=address).update(needs_review=True)
    log(instance=comment or new_ban, action="discussion.ban", user=by, data={"kind": kind, "days": days})
    return new_ban
