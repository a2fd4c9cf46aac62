"""Asking for a paper in an accessible format."""

from __future__ import annotations

from http import HTTPStatus

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from papers.models import CopyRequest, FormatRequest, Paper
from papers.reader_requests.emails import tell_it_came
from papers.reader_requests.format_models import answer_by
from papers.reader_requests.forms import FormatRequestForm
from public_forms.checks import check_charset, check_csrf, check_rate_limit, check_same_origin
from public_forms.rejection import Rejected


def paper_for(request: HttpRequest, pk: int) -> Paper:
    """Return a paper whose newest edition the reader may know of; else 404."""
    paper = get_object_or_404(Paper, pk=pk)
    if paper.newest_edition is None or not paper.may_be_seen_by(request):
        raise Http404
    return paper


@csrf_exempt  # checked by hand: a member's token is, and a guest's post carries no authority to abuse
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request and answer 303, or give the form back: 422 invalid, 403 foreign, 429 too many."""
    if request.method != "POST":
        return form_page(request, paper_for(request, pk), FormatRequestForm())
    form, paper = FormatRequestForm(), None
    try:
        check_charset(request)
        form = FormatRequestForm(request.POST)
        paper = paper_for(request, pk)
        check_same_origin(request)
        check_rate_limit(request, "format-attempt")
        check_csrf(request)
        if not form.is_valid():
            return form_page(request, paper, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        check_rate_limit(request, "format-request")
        check_rate_limit(request, "format-email", mailbox=form.cleaned_data["email"].lower())
        asked = kept(form, paper)
    except Rejected as refused:
        paper = paper or paper_for(request, pk)
        response = form_page(request, paper, form, status=refused.status, refused=str(refused.message))
        return refused.apply_to(response)
    return HttpResponseRedirect(
        reverse("format_request_sent", args=[asked.reference]), status=HTTPStatus.SEE_OTHER
    )


def kept(form: FormatRequestForm, paper: Paper) -> FormatRequest:
    """Save the request and write its letters; the same one sent twice is one."""
    with transaction.atomic():
        said = {name: form.cleaned_data[name] for name in ("name", "email", "need")}
        before = FormatRequest.objects.open().filter(edition=paper.newest_edition, **said).first()
        if before:
            return before
        form.instance.edition = paper.newest_edition
        asked = form.save()
        tell_it_came(asked)
    return asked


def form_page(
    request: HttpRequest, paper: Paper, form: FormatRequestForm, *, status: int = 200, refused: str = ""
) -> HttpResponse:
    form.label_suffix = ""
    context = {
        "page": paper,
        "form": form,
        "refused": refused,
        "answer_by": answer_by(),
        "has_session": request.user.is_authenticated,
    }
    return render(request, "papers/requests/ask.html", context, status=status)


@require_safe
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell the number and the date, and nothing of who asked for what."""
    asked = get_object_or_404(FormatRequest.objects.select_related("edition__paper"), reference=reference)
    response = render(request, "papers/requests/sent.html", {"asked": asked, "page": asked.edition.paper})
    response["Cache-Control"] = "private, no-store"
    return response


def forget_old() -> int:
    """Delete requests answered long ago, for a format or a copy; return how many. Safe to repeat."""
    late = [model.objects.forgettable(timezone.now()) for model in (FormatRequest, CopyRequest)]
    return sum(requests.delete()[0] for requests in late)
