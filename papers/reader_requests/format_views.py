"""Requesting a paper in an accessible format."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from papers.editions.models import Edition
from papers.pages import Paper
from papers.reader_requests import actions
from papers.reader_requests.format_models import FormatRequest, default_due_date
from papers.reader_requests.forms import FormatRequestForm
from public_forms.checks import check_rate_limit, public_form
from public_forms.rejection import RejectedError
from public_forms.responses import SeeOther


def _get_edition(request: HttpRequest, pk: int) -> Edition:
    """Return the newest edition of a paper the reader may see. Raises Http404 where there is none."""
    paper = get_object_or_404(Paper, pk=pk)
    if paper.newest_edition is None or not paper.may_be_seen_by(request):
        raise Http404
    return paper.newest_edition


def _form_page(
    request: HttpRequest, edition: Edition, form: FormatRequestForm, *, status: int = 200, error: str = ""
) -> HttpResponse:
    form.label_suffix = ""
    context = {
        "page": edition.paper,
        "form": form,
        "error": error,
        "due_date": default_due_date(),
        "has_session": request.user.is_authenticated,
    }
    return render(request, "papers/requests/format_form.html", context, status=status)


def _rejected(request: HttpRequest, rejection: RejectedError, pk: int) -> HttpResponse:
    form = FormatRequestForm(request.POST or None)
    return _form_page(request, _get_edition(request, pk), form, error=str(rejection.message))


@require_http_methods(["GET", "HEAD", "POST"])
@public_form(rate="format-attempt", on_rejection=_rejected)
def request_format(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request for an accessible format and answer 303, or return the form: 422 if invalid."""
    edition = _get_edition(request, pk)
    if request.method != "POST":
        return _form_page(request, edition, FormatRequestForm())
    form = FormatRequestForm(request.POST)
    if not form.is_valid():
        return _form_page(request, edition, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    check_rate_limit(request, "format-request")
    check_rate_limit(request, "format-email", mailbox=form.cleaned_data["email"].lower())
    format_request = actions.request_format(form, edition)
    return SeeOther(reverse("format_request_sent", args=[format_request.reference]))


@require_safe
def format_request_sent(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the reference number and the date of the answer, but nothing of the request itself."""
    requests = FormatRequest.objects.select_related("edition__paper")
    format_request = get_object_or_404(requests, reference=reference)
    context = {"format_request": format_request, "page": format_request.edition.paper}
    response = render(request, "papers/requests/format_sent.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
