"""Readers report a comment, commenters appeal a removal, moderators act by the link in an e-mail."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from accounts.models import User
from discussion.models import Appeal, Comment, DiscussionSettings, State
from discussion.models.comment_state import TransitionError
from discussion.moderation import reports
from discussion.moderation.actions import appealed_comment_id, apply_action
from discussion.moderation.emails import ACTION_LABELS, ActionLink, notify_moderators, read_token
from discussion.moderation.filters import hold_reason_text, with_hold_reasons
from discussion.moderation.forms import AppealForm, RemovalForm, ReportForm
from discussion.permissions import MODERATE_PERMISSION
from discussion.posting.views import hidden_comment_page, visible_comment
from discussion.threads.locations import get_comment_or_404
from pagecache.headers import has_session
from public_forms.checks import public_form
from public_forms.rejection import RejectedError, UntrustedRequestError
from public_forms.responses import current_member


def rejected_report(request: HttpRequest, rejection: RejectedError, pk: int) -> HttpResponse:
    page, comment = visible_comment(request, pk)
    if not comment.is_shown:
        return hidden_comment_page(request, page, comment)
    initial = {} if isinstance(rejection, UntrustedRequestError) else request.POST.dict()
    return _report_page(request, page, comment, ReportForm(page, initial=initial), refused=rejection.message)


@public_form(rate="report", on_rejection=rejected_report)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form on GET, save the report on POST; 410 when the comment is gone, 422 without a reason."""
    page, comment = visible_comment(request, pk)
    if not comment.is_shown:
        return hidden_comment_page(request, page, comment)
    if request.method != "POST":
        return _report_page(request, page, comment, ReportForm(page))
    form = ReportForm(page, data=request.POST)
    if not form.is_valid():
        return _report_page(request, page, comment, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    data = form.cleaned_data
    reports.report(comment, by=current_member(request), rule=data["rule"], text=data["words"])
    return render(request, "discussion/report_sent.html", {"comment": comment})


def _report_page(
    request: HttpRequest,
    page: Page,
    comment: Comment,
    form: ReportForm,
    *,
    status: int = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    context |= {"page": page, "comment": comment, "form": form, "has_session": has_session(request)}
    return render(request, "discussion/report.html", context, status=status)


def rejected_appeal(request: HttpRequest, rejection: RejectedError, token: str) -> HttpResponse:
    comment = get_comment_or_404(appealed_comment_id(token))
    return _no_appeal_page(request, comment) or _appeal_page(
        request, comment, AppealForm(), refused=rejection.message
    )


@public_form(rate="report", by_link=True, on_rejection=rejected_appeal)
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form on GET, save the appeal on POST; a second one about the same comment is not saved.

    404 for a forged or expired link; 410 when the comment isn't removed any more.
    """
    comment = get_comment_or_404(appealed_comment_id(token))
    if response := _no_appeal_page(request, comment):
        return response
    if request.method != "POST":
        return _appeal_page(request, comment, AppealForm())
    form = AppealForm(data=request.POST)
    if not form.is_valid():
        return _appeal_page(request, comment, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    # Sent twice in one moment, the second one breaks the constraint and changes nothing.
    with suppress(IntegrityError), transaction.atomic():
        Appeal.objects.create(comment=comment, text=form.cleaned_data["words"])
        notify_moderators(comment)
    return render(request, "discussion/appeal_sent.html")


def _no_appeal_page(request: HttpRequest, comment: Comment) -> HttpResponse | None:
    """Return the page that says why ``comment`` can't be appealed; None where it can."""
    if Appeal.objects.filter(comment=comment).exists():
        return render(request, "discussion/appeal_sent.html")
    if comment.state != State.REMOVED:
        return render(request, "discussion/not_removed.html", status=HTTPStatus.GONE)
    return None


def _appeal_page(
    request: HttpRequest, comment: Comment, form: AppealForm, *, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    rule = DiscussionSettings.for_page(comment.page).rule_title(comment.rule)
    context |= {"comment": comment, "page": comment.page, "rule": rule, "form": form}
    return render(request, "discussion/appeal.html", context, status=status)


@public_form(rate="attempt", by_link=True)
@require_http_methods(["GET", "HEAD", "POST"])
def moderate_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the comment on GET, do what the link is for on POST.

    404 for a forged or expired link, or one whose owner may not moderate any
    more; 409 when another decision has been made since.
    """
    link = read_token(token)
    if link is None:
        raise Http404
    moderator = _get_moderator_or_404(link)
    comment = get_comment_or_404(link.comment_id)
    data = request.POST if request.method == "POST" else None
    form = None
    if link.action == "remove":
        form = RemovalForm(data, rules=DiscussionSettings.for_page(comment.page), label_suffix="")
    context, is_possible = _moderation_context(comment, link.action)
    context["form"] = form
    if not is_possible:
        status = HTTPStatus.CONFLICT if data is not None else HTTPStatus.OK
        context["already"] = True
        return render(request, "discussion/moderated_by_link.html", context, status=status)
    if data is None:
        return render(request, "discussion/moderate_by_link.html", context)
    if form is not None and not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "discussion/moderate_by_link.html", context, status=status)
    with suppress(TransitionError):  # another moderator was faster; the page shows what they did
        apply_action(comment, link.action, by=moderator, **(form.cleaned_data if form else {}))
    context["comment"] = Comment.objects.get(pk=comment.pk)
    return render(request, "discussion/moderated_by_link.html", context)


def _moderation_context(comment: Comment, action: str) -> tuple[dict[str, Any], bool]:
    """Return what the pages of a moderation link show, and whether the action is still possible."""
    annotated = with_hold_reasons(Comment.objects.filter(pk=comment.pk)).get()
    context = {
        "comment": comment,
        "page": comment.page,
        "label": ACTION_LABELS[action],
        "reason": hold_reason_text(annotated),
    }
    is_pointless = action == "keep" and not annotated.open_reports
    return context, comment.can(action) and not is_pointless


def _get_moderator_or_404(link: ActionLink) -> User:
    user = User.objects.filter(pk=link.moderator_id, is_active=True).first()
    if user is None or not user.has_perm(MODERATE_PERMISSION):
        raise Http404
    return user
