"""The other actions of a comment's inspect view: notes, bans, locks, closing, rejecting appeals."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from accounts.member_request import MemberRequest
from discussion.models import Ban, Comment, DiscussionSettings, ModeratorNote, State
from discussion.models.thread_position import version_name
from discussion.moderation import actions
from discussion.moderation.forms import AppealDecisionForm, BanForm, NoteForm
from discussion.permissions import MODERATE_PERMISSION
from pagecache import versions
from public_forms.numbers import parse_number

# Returns the message that confirms the action; raises ValidationError with the one that says why not.
Handler = Callable[[MemberRequest, Comment], str]


@require_POST
def comment_action(request: MemberRequest, pk: int, action: str) -> HttpResponse:
    """Perform one of ACTIONS and redirect to the comment; 404 for an unknown one, 403 for non-moderators."""
    if not request.user.has_perm(MODERATE_PERMISSION):
        raise PermissionDenied
    if action not in ACTIONS:
        raise Http404
    comment = get_object_or_404(Comment.objects.select_related("user", "page"), pk=parse_number(str(pk)))
    try:
        with transaction.atomic():
            message = ACTIONS[action](request, comment)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, message)
    return redirect("discussion:inspect", pk)


def add_note(request: MemberRequest, comment: Comment) -> str:
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_("Note not added. Enter a note of up to 2,000 characters."))
    ModeratorNote.objects.create(comment=comment, by=request.user, text=form.cleaned_data["words"])
    log(instance=comment, action="discussion.note", user=request.user)
    return _("Note added.")


def ban(request: MemberRequest, comment: Comment) -> str:
    """Ban the commenter, by account and address; their unconfirmed comments wait for review."""
    form = BanForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_("Commenter not banned. Choose a kind of ban and how long it lasts."))
    if not (comment.user_id or comment.author_email):
        raise ValidationError(_("Commenter not banned. We have neither an account nor an address of theirs."))
    kind, days = form.cleaned_data["kind"], form.cleaned_data["days"]
    actions.ban(
        kind=kind,
        days=days,
        by=request.user,
        user=comment.user,
        address=comment.author_email,
        comment=comment,
    )
    if kind == Ban.Kind.REFUSE:
        return _("Commenter banned.")
    return _("New comments by this commenter will wait for review.")


def unban(request: MemberRequest, comment: Comment) -> str:
    if not Ban.objects.against_author(comment).delete()[0]:
        raise ValidationError(_("This commenter is not banned."))
    log(instance=comment, action="discussion.unban", user=request.user)
    return _("Ban lifted. The commenter may comment again.")


def lock(request: MemberRequest, comment: Comment) -> str:
    _set_locked(request, comment, locked=True)
    return _("Thread locked. It takes no more replies.")


def unlock(request: MemberRequest, comment: Comment) -> str:
    _set_locked(request, comment, locked=False)
    return _("Thread unlocked. It takes replies again.")


def _set_locked(request: MemberRequest, comment: Comment, *, locked: bool) -> None:
    Comment.objects.filter(pk=comment.thread_id).update(locked=locked)
    comment.touch_page()
    log(instance=comment, action="discussion.lock" if locked else "discussion.unlock", user=request.user)


def close(request: MemberRequest, comment: Comment) -> str:
    _set_open(request, comment, is_open=False)
    return _("Discussion closed. It takes no more comments.")


def reopen(request: MemberRequest, comment: Comment) -> str:
    _set_open(request, comment, is_open=True)
    return _("Discussion opened. It takes comments again.")


def _set_open(request: MemberRequest, comment: Comment, *, is_open: bool) -> None:
    """Open or close the page's discussion, on the page and in a draft that an editor may be working on."""
    page = comment.page.specific
    type(page).objects.filter(pk=page.pk).update(comments_open=is_open)
    latest = page.get_latest_revision()
    if latest is not None:
        latest.content["comments_open"] = is_open
        latest.save(update_fields=["content"])
    versions.bump(version_name(page.pk))
    log(instance=comment, action="discussion.open" if is_open else "discussion.close", user=request.user)


def reject_appeal(request: MemberRequest, comment: Comment) -> str:
    form = AppealDecisionForm(request.POST, rules=DiscussionSettings.for_page(comment.page))
    if comment.state != State.REMOVED:
        raise ValidationError(_("There is no appeal to reject: this comment is not removed."))
    if not form.is_valid():
        raise ValidationError(_("Appeal not rejected. Choose a saved reply or write a message."))
    actions.reject_appeal(comment, by=request.user, text=form.cleaned_data["text"])
    return _("Appeal rejected. We’ll e-mail the commenter.")


ACTIONS: dict[str, Handler] = {
    "note": add_note,
    "ban": ban,
    "unban": unban,
    "lock": lock,
    "unlock": unlock,
    "close": close,
    "open": reopen,
    "decline": reject_appeal,
}
