"""What a moderator does from a comment's sheet besides the deeds: notes, bans, locks, answers to appeals."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from discussion.models import Ban, Comment, DiscussionSettings, ModeratorNote, State
from discussion.moderation.actions import ban as begin_ban
from discussion.moderation.actions import uphold
from discussion.moderation.bulk_actions import MAY
from discussion.moderation.forms import AnswerForm, BanForm, NoteForm
from discussion.threads.locations import parse_id
from pagecache import versions

Act = Callable[[HttpRequest, Comment], "str | Promise | None"]


@require_POST
def act_on(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Do one thing and lead back to the sheet; 404 for an act there isn't, 403 for who may not moderate."""
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    if what not in ACTS:
        raise Http404
    comment = get_object_or_404(Comment.objects.select_related("user", "page"), pk=parse_id(str(pk)))
    with transaction.atomic():
        done = ACTS[what](request, comment)
    if done:
        messages.success(request, done)
    else:
        messages.error(request, _("That could not be done. Look the form over."))
    return redirect("discussion:inspect", pk)


def note(request: HttpRequest, comment: Comment) -> Promise | None:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return None
    ModeratorNote.objects.create(comment=comment, by=request.user, text=form.cleaned_data["words"])
    log(instance=comment, action="discussion.note", user=request.user)
    return _("Note kept.")


def ban(request: HttpRequest, comment: Comment) -> Promise | None:
    """Ban the writer, by account and address; what they have not confirmed yet waits for a moderator."""
    form = BanForm(request.POST)
    if not form.is_valid() or not (comment.user_id or comment.author_email):
        return None
    kind, days = form.cleaned_data["kind"], form.cleaned_data["days"]
    begin_ban(
        kind=kind, days=days, by=request.user, user=comment.user, address=comment.author_email, about=comment
    )
    return (
        _("The writer is banned.")
        if kind == Ban.Kind.REFUSE
        else _("The writer's comments wait from now on.")
    )


def unban(request: HttpRequest, comment: Comment) -> Promise | None:
    if not Ban.objects.against_author(comment).delete()[0]:
        return None
    log(instance=comment, action="discussion.unban", user=request.user)
    return _("The writer may comment again.")


def lock(request: HttpRequest, comment: Comment) -> Promise:
    return _lock(request, comment, locked=True)


def unlock(request: HttpRequest, comment: Comment) -> Promise:
    return _lock(request, comment, locked=False)


def _lock(request: HttpRequest, comment: Comment, *, locked: bool) -> Promise:
    Comment.objects.filter(pk=comment.thread_id).update(locked=locked)
    comment.touch_page()
    log(instance=comment, action="discussion.lock" if locked else "discussion.unlock", user=request.user)
    return _("The thread takes no more replies.") if locked else _("The thread takes replies again.")


def close(request: HttpRequest, comment: Comment) -> Promise:
    return _close(request, comment, is_open=False)


def reopen(request: HttpRequest, comment: Comment) -> Promise:
    return _close(request, comment, is_open=True)


def _close(request: HttpRequest, comment: Comment, *, is_open: bool) -> Promise:
    """Open or close the talk of the page, on it and in a draft an editor may be working on."""
    page = comment.page.specific
    type(page).objects.filter(pk=page.pk).update(comments_open=is_open)
    latest = page.get_latest_revision()
    if latest is not None:
        latest.content["comments_open"] = is_open
        latest.save(update_fields=["content"])
    versions.bump(f"talk/{page.pk}")
    log(instance=comment, action="discussion.open" if is_open else "discussion.close", user=request.user)
    return _("The discussion is open.") if is_open else _("The discussion is closed.")


def decline(request: HttpRequest, comment: Comment) -> Promise | None:
    form = AnswerForm(request.POST, rules=DiscussionSettings.for_page(comment.page))
    if comment.state != State.REMOVED or not form.is_valid():
        return None
    uphold(comment, by=request.user, words=form.cleaned_data["words"])
    return _("The removal stands; its writer is told.")


ACTS: dict[str, Act] = {
    "note": note,
    "ban": ban,
    "unban": unban,
    "lock": lock,
    "unlock": unlock,
    "close": close,
    "open": reopen,
    "decline": decline,
}
