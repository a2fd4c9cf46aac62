"""The two links a guest is sent: one confirms a comment, the other changes or deletes it later.

Both are signed over the comment's id alone. The e-mails repeat nothing that
was typed into the form: whoever typed it may have given somebody else's address.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import task

from discussion.models import Comment, State
from mail import queue
from public_forms import signed_links

CONFIRM_SALT = "discussion.confirm"
CONFIRM_MAX_AGE = timedelta(days=3)
SALT = "discussion.own"
MAX_AGE = timedelta(days=365)
MAX_LINKS = 30  # of each kind in one e-mail


def confirm_token(comment: Comment) -> str:
    return signed_links.sign(comment.pk, salt=CONFIRM_SALT)


def confirm_url(comment: Comment) -> str:
    """Return the whole address at which a guest confirms ``comment``."""
    return signed_links.signed_url("confirm_comment", comment.pk, salt=CONFIRM_SALT)


def id_from_confirm_token(token: str) -> int:
    """Return the id of the comment to confirm; 0 for a forged link.

    Raises LinkExpiredError for one that is older than CONFIRM_MAX_AGE.
    """
    return signed_links.load_id(token, salt=CONFIRM_SALT, max_age=CONFIRM_MAX_AGE) or 0


def guest_comment_url(comment: Comment) -> str:
    """Return the whole address at which a guest changes or deletes ``comment``."""
    return signed_links.signed_url("guest_comment", [comment.pk], salt=SALT)


def comment_from_token(token: str) -> Comment | None:
    """Return the guest's comment a link is for; None for a forged link.

    Raises LinkExpiredError for one that is older than MAX_AGE.
    """
    ids = signed_links.load_ids(token, salt=SALT, max_age=MAX_AGE)
    return Comment.objects.with_authors().filter(pk__in=ids[:1], user=None).first()


def editable_by_email(email: str) -> QuerySet[Comment]:
    """Return what guests wrote under ``email`` and may still delete, newest first."""
    return Comment.objects.filter(
        user=None,
        user_email__iexact=email,
        state__in=[State.PUBLISHED, State.WAITING],
        submit_date__gt=timezone.now() - MAX_AGE,
    ).newest_first()


def send_confirmation(comment: Comment) -> None:
    """Ask a guest to confirm a comment that was just posted."""
    context = {
        "page": comment.page,
        "link": confirm_url(comment),
        "days": CONFIRM_MAX_AGE.days,
        "site": settings.WAGTAIL_SITE_NAME,
    }
    queue.enqueue(
        to=comment.user_email,
        subject=gettext("Confirm your comment on “%(title)s”") % {"title": comment.page.title},
        text=render_to_string("discussion/emails/confirm_comment.txt", context),
        key=f"confirm comment {comment.pk}",
    )


def send_link(comment: Comment) -> None:
    """Send a guest whose comment was just confirmed the link to change or delete it."""
    context = {"page": comment.page, "link": guest_comment_url(comment), "site": settings.WAGTAIL_SITE_NAME}
    queue.enqueue(
        to=comment.user_email,
        subject=gettext("Your comment on “%(title)s”") % {"title": comment.page.title},
        text=render_to_string("discussion/emails/guest_comment.txt", context),
        key=f"own comment {comment.pk}",
    )


@task()
def resend_links(email: str) -> None:
    resend(email)


def resend(email: str) -> None:
    """Send the links to all that ``email`` may still confirm or change; nothing where there is nothing."""
    unconfirmed = Comment.objects.unconfirmed().filter(user_email__iexact=email).newest_first()
    to_confirm = list(unconfirmed.select_related("page")[:MAX_LINKS])
    to_change = list(editable_by_email(email).select_related("page")[:MAX_LINKS])
    if not (to_confirm or to_change):
        return
    context = {
        "to_confirm": [(comment, confirm_url(comment)) for comment in to_confirm],
        "to_change": [(comment, guest_comment_url(comment)) for comment in to_change],
        "site": settings.WAGTAIL_SITE_NAME,
    }
    queue.enqueue(
        to=email,
        subject=gettext("Links to your comments"),
        text=render_to_string("discussion/emails/guest_links.txt", context),
    )
