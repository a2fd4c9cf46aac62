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
from papers.reader_requests.limits import refuse_haste
from public_forms.checks import Refused, refuse_foreign, refuse_other_charsets, refuse_without_token


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
        refuse_other_charsets(request)
        form = FormatRequestForm(request.POST)
        paper = paper_for(request, pk)
        refuse_foreign(request)
        refuse_haste(request, "attempt")
        refuse_without_token(request)
        if not form.is_valid():
            return form_page(request, paper, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        refuse_haste(request, "request")
        refuse_haste(request, "letter", by=form.cleaned_data["email"].lower())
        asked = kept(form, paper)
    except Refused as refused:
        paper = paper or paper_for(request, pk)
        response = form_page(request, paper, form, status=refused.status, refused=str(refused.sentence))
        return refused.given_with(response)
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
