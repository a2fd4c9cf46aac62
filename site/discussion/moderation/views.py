"""A reader tells the moderators about a comment."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from discussion.models import Appeal, Comment, DiscussionSettings, State
from discussion.models.transitions import TransitionError
from discussion.moderation import reports
from discussion.moderation.actions import act, number_in
from discussion.moderation.asking import ask_moderators
from discussion.moderation.emails import DEEDS, Decision, decision_in
from discussion.moderation.filters import why, with_reasons
from discussion.moderation.forms import AppealForm, ReportForm, RuleForm
from discussion.posting.views import found, hidden
from discussion.threads.locations import get_comment_or_404
from public_forms.checks import check_charset, check_csrf, check_rate_limit, check_same_origin
from public_forms.rejection import Rejected
from public_forms.responses import current_member, has_session, private, rejection_page


@csrf_exempt  # checked by hand, as for comments: a guest has no token
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why on GET, take the report on POST; 410 when the comment is gone, 422 without a reason."""
    page, comment = found(request, pk)
    if not comment.is_shown:
        return hidden(request, page, comment)
    about = {"page": page, "comment": comment, "has_session": has_session(request)}
    if request.method != "POST":
        return render(request, "discussion/report.html", about | {"form": ReportForm(page)})
    try:
        check_charset(request)
        check_same_origin(request)
        check_rate_limit(request, "report")
        check_csrf(request)
    except Rejected as refused:
        about |= {"form": ReportForm(page, initial=request.POST.dict()), "refused": refused.message}
        response = render(request, "discussion/report.html", about, status=refused.status)
        return refused.apply_to(response)
    form = ReportForm(page, data=request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "discussion/report.html", about | {"form": form}, status=status)
    reports.report(comment, by=current_member(request), **form.cleaned_data)
    return render(request, "discussion/reported.html", about)


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """Ask why on GET, take the appeal on POST; a second one about the same comment is not taken.

    404 for a link nobody made or that is too old; 410 when the comment isn't removed any more.
    """
    comment = get_comment_or_404(number_in(token) or 0)
    about = {
        "comment": comment,
        "page": comment.page,
        "rule": DiscussionSettings.for_page(comment.page).rule_title(comment.rule),
        "form": AppealForm(),
    }
    if Appeal.objects.filter(comment=comment).exists():
        return private(render(request, "discussion/appealed.html", about))
    if comment.state != State.REMOVED:
        return private(render(request, "discussion/not_removed.html", about, status=HTTPStatus.GONE))
    if request.method != "POST":
        return private(render(request, "discussion/appeal.html", about))
    return private(taken(request, comment, about))


def taken(request: HttpRequest, comment: Comment, about: dict[str, object]) -> HttpResponse:
    try:
        check_charset(request)
        check_same_origin(request)
        check_rate_limit(request, "report")
    except Rejected as refused:
        about["refused"] = refused.message
        return refused.apply_to(render(request, "discussion/appeal.html", about, status=refused.status))
    form = AppealForm(data=request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "discussion/appeal.html", about | {"form": form}, status=status)
    if comment.state != State.REMOVED:
        raise Http404
    try:
        with transaction.atomic():
            Appeal.objects.create(comment=comment, text=form.cleaned_data["words"])
            ask_moderators(comment)
    except IntegrityError:  # sent twice in one moment; one of them stands
        pass
    return render(request, "discussion/appealed.html", about)


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """Show the comment on GET, do what the link is for on POST.

    404 for a link nobody made, that is too old, or whose moderator may not
    moderate any more; 409 when somebody has decided otherwise since.
    """
    decision = decision_in(token)
    moderator = may_still_moderate(decision)
    comment = get_comment_or_404(decision.comment)
    rules = DiscussionSettings.for_page(comment.page)
    sent = request.POST if request.method == "POST" else None
    form = RuleForm(sent, rules=rules, label_suffix="") if decision.deed == "remove" else None
    waiting = with_reasons(Comment.objects.filter(pk=comment.pk)).get()
    about = {
        "comment": comment,
        "page": comment.page,
        "label": DEEDS[decision.deed],
        "why": why(waiting),
        "form": form,
    }
    if not comment.can(decision.deed) or (decision.deed == "keep" and not waiting.open_reports):
        status = HTTPStatus.CONFLICT if sent is not None else HTTPStatus.OK
        return private(render(request, "discussion/decided.html", about | {"already": True}, status=status))
    if sent is None:
        return private(render(request, "discussion/decide.html", about))
    try:
        check_same_origin(request)
    except Rejected as refused:
        return private(rejection_page(request, refused))
    if form is not None and not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return private(render(request, "discussion/decide.html", about, status=status))
    with suppress(TransitionError):  # somebody was faster; the page shows what they did
        act(comment, decision.deed, by=moderator, **(form.cleaned_data if form else {}))
    about["comment"] = Comment.objects.get(pk=comment.pk)
    return private(render(request, "discussion/decided.html", about))


def may_still_moderate(decision: Decision | None) -> User:
    found = User.objects.filter(pk=decision.moderator, is_active=True).first() if decision else None
    if found is None or not found.has_perm("discussion.moderate_comment"):
        raise Http404
    return found
