"""Readers' requests in the admin: for accessible formats, and for copies of files that are not public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.permissions import page_permission_policy

from papers.models import CopyRequest, FormatRequest, Paper
from papers.reader_requests import actions
from papers.reader_requests.format_models import FormatRequestQuerySet
from papers.reader_requests.forms import FormatReplyForm

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

PER_PAGE = 50
MAX_COPY_REQUESTS = 200


def _format_requests_for(user: User | AnonymousUser) -> FormatRequestQuerySet:
    """Keep the requests about papers this person may edit."""
    papers = page_permission_policy.instances_user_has_permission_for(user, "change")
    return FormatRequest.objects.filter(edition__paper__in=papers.values("pk")).select_related(
        "edition__paper"
    )


def format_requests(request: HttpRequest) -> HttpResponse:
    """List the open requests, the most urgent first, or the answered ones, the latest first."""
    state = request.GET.get("state")
    state = state if state in FormatRequest.State.values else FormatRequest.State.OPEN
    order = "due_date" if state == FormatRequest.State.OPEN else "-answered_at"
    requests = _format_requests_for(request.user).filter(state=state).order_by(order, "pk")
    page_obj = Paginator(requests, PER_PAGE).get_page(request.GET.get("p"))
    context = {"page_obj": page_obj, "state": state, "states": FormatRequest.State.choices}
    return render(request, "papers/admin/format_requests.html", context)


def format_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request and take its answer, which goes to the reader by e-mail, once."""
    format_request = get_object_or_404(_format_requests_for(request.user), pk=pk)
    form = FormatReplyForm(request.POST or None)
    if format_request.is_open and form.is_valid() and request.user.is_authenticated:
        answer = form.cleaned_data["answer"]
        if actions.resolve_format_request(format_request, answer, user=request.user):
            messages.success(request, _("Answer to %(reference)s sent.") % {"reference": format_request})
        else:
            messages.error(request, _("Someone else has already answered this request."))
        return redirect("papers_admin:format_requests")
    status = 422 if request.method == "POST" else 200
    context = {"format_request": format_request, "form": form}
    return render(request, "papers/admin/format_request.html", context, status=status)


def _may_grant_copies(user: User | AnonymousUser, paper: Paper) -> bool:
    return paper.permissions_for_user(user).can_publish()


@require_safe
def copy_requests(request: HttpRequest) -> HttpResponse:
    """List the latest requests for papers this person may publish, open ones first."""
    requests = CopyRequest.objects.select_related("edition__paper", "answered_by")
    latest = requests.order_by("-state", "-requested_at")[
        :MAX_COPY_REQUESTS
    ]  # "waiting" sorts last of the states
    allowed = [one for one in latest if _may_grant_copies(request.user, one.edition.paper)]
    return render(request, "papers/admin/copy_requests.html", {"copy_requests": allowed})


@require_POST
def resolve_copy_request(request: HttpRequest, number: int) -> HttpResponse:
    """Grant or decline a request, depending on the button that was pressed."""
    copy_request = get_object_or_404(CopyRequest.objects.select_related("edition__paper"), pk=number)
    may_grant = _may_grant_copies(request.user, copy_request.edition.paper)
    if not (request.user.is_authenticated and may_grant):
        raise PermissionDenied
    granted = "grant" in request.POST
    if actions.resolve_copy_request(copy_request, granted=granted, user=request.user):
        messages.success(
            request,
            _("Request granted. We’ve e-mailed the link.")
            if granted
            else _("Request declined. We’ve e-mailed the reader."),
        )
    else:
        messages.error(request, _("Someone else has already answered this request."))
    return redirect("papers_admin:copy_requests")
