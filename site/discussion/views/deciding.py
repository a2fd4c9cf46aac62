"""A moderator follows a link in a letter."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from discussion.desk_letters import DEEDS, Decision, decision_in
from discussion.finding import comment_by_number
from discussion.models import Comment, DiscussionRules
from discussion.models.deeds import NotNow
from discussion.moderating import act
from discussion.moderators_forms import RuleForm
from discussion.queues import why, with_reasons
from discussion.refusals import Refused, refuse_foreign
from discussion.showing import said_no
from discussion.views.confirming import private


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """Show the comment on GET, do what the link is for on POST.

    404 for a link nobody made, that is too old, or whose moderator may not
    moderate any more; 409 when somebody has decided otherwise since.
    """
    decision = decision_in(token)
    moderator = may_still_moderate(decision)
    comment = comment_by_number(decision.comment)
    rules = DiscussionRules.on(comment.page)
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
        refuse_foreign(request)
    except Refused as refused:
        return private(said_no(request, refused))
    if form is not None and not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return private(render(request, "discussion/decide.html", about, status=status))
    with suppress(NotNow):  # somebody was faster; the page shows what they did
        act(comment, decision.deed, by=moderator, **(form.cleaned_data if form else {}))
    about["comment"] = Comment.objects.get(pk=comment.pk)
    return private(render(request, "discussion/decided.html", about))


def may_still_moderate(decision: Decision | None) -> User:
    found = User.objects.filter(pk=decision.moderator, is_active=True).first() if decision else None
    if found is None or not found.has_perm("discussion.moderate_comment"):
        raise Http404
    return found
