"""A writer asks for a second look at a removal."""

from __future__ import annotations

from http import HTTPStatus

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from discussion.asking import ask_moderators
from discussion.finding import comment_by_number
from discussion.models import Appeal, Comment, DiscussionRules, State
from discussion.moderating import number_in
from discussion.moderators_forms import AppealForm
from discussion.refusals import Refused, refuse_foreign, refuse_haste, refuse_other_charsets
from discussion.views.confirming import private


@csrf_exempt  # the link itself is the authority; no session has a part in it
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """Ask why on GET, take the appeal on POST; a second one about the same comment is not taken.

    404 for a link nobody made or that is too old; 410 when the comment isn't removed any more.
    """
    comment = comment_by_number(number_in(token) or 0)
    about = {
        "comment": comment,
        "page": comment.page,
        "rule": DiscussionRules.on(comment.page).title_of(comment.rule),
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
        refuse_other_charsets(request)
        refuse_foreign(request)
        refuse_haste(request, "report")
    except Refused as refused:
        about["refused"] = refused.sentence
        return refused.given_with(render(request, "discussion/appeal.html", about, status=refused.status))
    form = AppealForm(data=request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "discussion/appeal.html", about | {"form": form}, status=status)
    if comment.state != State.REMOVED:
        raise Http404
    try:
        with transaction.atomic():
            Appeal.objects.create(comment=comment, words=form.cleaned_data["words"])
            ask_moderators(comment)
    except IntegrityError:  # sent twice in one moment; one of them stands
        pass
    return render(request, "discussion/appealed.html", about)
