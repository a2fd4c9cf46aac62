"""A reader tells the moderators about a comment."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from discussion import reporting
from discussion.moderators_forms import ReportForm
from discussion.refusals import (
    Refused,
    refuse_foreign,
    refuse_haste,
    refuse_other_charsets,
    refuse_without_token,
)
from discussion.showing import has_session, member
from discussion.views.replying import found, hidden


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
        refuse_other_charsets(request)
        refuse_foreign(request)
        refuse_haste(request, "report")
        refuse_without_token(request)
    except Refused as refused:
        about |= {"form": ReportForm(page, initial=request.POST.dict()), "refused": refused.sentence}
        response = render(request, "discussion/report.html", about, status=refused.status)
        return refused.given_with(response)
    form = ReportForm(page, data=request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "discussion/report.html", about | {"form": form}, status=status)
    reporting.report(comment, by=member(request), **form.cleaned_data)
    return render(request, "discussion/reported.html", about)
