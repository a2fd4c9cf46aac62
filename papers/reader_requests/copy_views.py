"""Requesting a copy of a file that is not public, and fetching one that was granted."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from papers.downloads import responses
from papers.editions.models import Edition
from papers.pages import Paper
from papers.reader_requests import actions
from papers.reader_requests.copy_models import CopyRequest
from papers.reader_requests.forms import CopyRequestForm
from public_forms import signed_links
from public_forms.checks import check_rate_limit, public_form
from public_forms.rejection import RejectedError


def _get_edition(request: HttpRequest, paper_pk: int) -> Edition:
    """Return the published edition whose file is not public. Raises Http404 where there is none."""
    paper = get_object_or_404(Paper, pk=paper_pk)
    edition = paper.embargoed_edition
    if edition is None or not paper.may_be_seen_by(request):
        raise Http404
    return edition


def _form_page(
    request: HttpRequest,
    edition: Edition,
    form: CopyRequestForm | None = None,
    *,
    status: int = 200,
    error: str = "",
) -> HttpResponse:
    """Return the page with the form, or without one the confirmation."""
    context = {"page": edition.paper, "form": form, "error": error, "is_done": form is None}
    return render(request, "papers/requests/copy_form.html", context, status=status)


def _rejected(request: HttpRequest, rejection: RejectedError, paper_pk: int) -> HttpResponse:
    form = CopyRequestForm(request.POST or None)
    return _form_page(request, _get_edition(request, paper_pk), form, error=str(rejection.message))


@require_http_methods(["GET", "HEAD", "POST"])
@public_form(rate="attempt", on_rejection=_rejected)
def request_copy(request: HttpRequest, paper_pk: int) -> HttpResponse:
    """Take a request for a copy of a file that is not public, or return the form: 422 if invalid."""
    edition = _get_edition(request, paper_pk)
    if request.method != "POST":
        return _form_page(request, edition, CopyRequestForm())
    form = CopyRequestForm(request.POST)
    if not form.is_valid():
        return _form_page(request, edition, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    check_rate_limit(request, "email", mailbox=form.cleaned_data["email"].lower())
    actions.request_copy(edition, **form.cleaned_data)
    return _form_page(request, edition)


@require_safe
def granted_copy(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer with the file of a granted request; 410 once the link has expired."""
    try:
        pk = actions.read_copy_token(token)
    except signed_links.LinkExpiredError:
        return render(request, "papers/requests/copy_link_expired.html", status=HTTPStatus.GONE)
    granted = CopyRequest.objects.filter(pk=pk or 0, state=CopyRequest.State.GRANTED)
    copy_request = granted.select_related("edition__paper", "edition__document__record").first()
    if copy_request is None or not copy_request.edition.is_published or not copy_request.edition.paper.live:
        raise Http404
    response = responses.file_response(request, copy_request.edition, changed_at=None)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
