"""What a moderator does to a comment, by whatever door: the deed, and all that follows from it."""

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

SALT = "discussion.appeal"
TIME_TO_APPEAL = timedelta(days=30)
SETTLING = ("approve", "keep", "remove", "mark_as_spam", "restore")


@transaction.atomic
def act(comment: Comment, deed: str, *, by: User, rule: int | None = None, words: str = "") -> None:
    """Do ``deed``, settle its reports, answer its appeal, and tell the writer of a removal.

    Raises TransitionError where the comment's state knows no such deed.
    """
    if deed == "remove":
        comment.remove(rule=rule, by=by)
        tell_of_removal(comment, words)
    else:
        comment.apply(deed, by=by)
    if deed in SETTLING:
        comment.reports.resolve()
    if deed in ("restore", "approve"):
        answer_appeal(comment, accepted=True)


def tell_of_removal(comment: Comment, words: str = "") -> None:
    """Write to the writer which rule it was, and how to appeal, once."""
    rules = DiscussionSettings.for_page(comment.page)
    may_appeal = not Appeal.objects.filter(comment=comment).exists()
    write_to_writer(
        comment,
        subject=gettext("Your comment on “%(title)s” was removed") % {"title": comment.page.title},
        template="discussion/emails/removed.txt",
        rule=rules.rule_title(comment.rule),
        words=words,
        appeal=signed_links.signed_url("appeal", comment.pk, salt=SALT) if may_appeal else "",
        days=TIME_TO_APPEAL.days,
    )


def answer_appeal(comment: Comment, *, accepted: bool, words: str = "") -> bool:
    """Close the open appeal of ``comment`` and write to whoever made it; say whether there was one."""
    closed = Appeal.objects.open().filter(comment=comment)
    if not closed.update(answered_at=timezone.now(), accepted=accepted):
        return False
    write_to_writer(
        comment,
        subject=gettext("Your appeal about a comment on “%(title)s”") % {"title": comment.page.title},
        template="discussion/emails/appeal_answered.txt",
        granted=accepted,
        words=words,
        link=settings.BASE_URL + comment.get_absolute_url(),
    )
    return True


@transaction.atomic
def uphold(comment: Comment, *, by: User, words: str = "") -> None:
    """Let a removal stand although its writer appealed."""
    if answer_appeal(comment, accepted=False, words=words):
        log(instance=comment, action="discussion.uphold", user=by, data={"rule": comment.rule})


def token_for(comment: Comment) -> str:
    return signed_links.sign(comment.pk, salt=SALT)


def number_in(token: str) -> int | None:
    """Return the number of the comment an appeal is about; None where the link is nobody's or too old."""
    try:
        return signed_links.load_id(token, salt=SALT, max_age=TIME_TO_APPEAL)
    except signed_links.LinkExpired:
        return None


def write_to_writer(comment: Comment, *, subject: str, template: str, **about: object) -> None:
    if not comment.author_email:
        return
    about |= {"page": comment.page, "site": settings.WAGTAIL_SITE_NAME}
    queue.enqueue(to=comment.author_email, subject=subject, text=render_to_string(template, about))


@transaction.atomic
def ban(
    *, kind: str, days: int, by: User, user: User | None = None, address: str, about: Comment | None = None
) -> Ban:
    """Ban ``address`` and ``user``, or the account that has the address; an earlier ban of theirs ends.

    ``days`` 0 is until it is lifted. What they have not confirmed yet waits for
    a moderator. The log tells it of the comment it is ``about``, if there is one.
    """
    address_hash = hash_address(address)
    if user is None and address_hash:
        user = User.objects.filter(email__iexact=address).first()
    Ban.objects.matching(user=user, address_hash=address_hash).delete()
    until = timezone.now() + timedelta(days=days) if days else None
    begun = Ban.objects.create(kind=kind, user=user, address_hash=address_hash, until=until, by=by)
    if address_hash:
        Comment.objects.unconfirmed().filter(user_email__iexact=address).update(needs_review=True)
    data = {"kind": kind, "days": days}
    log(instance=about or begun, action="discussion.ban", user=by, data=data)
    return begun
