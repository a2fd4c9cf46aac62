"""Asking for a copy, getting it, and the desk where it is granted."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from papers.downloads import responses
from papers.models import CopyRequest, Paper
from papers.reader_requests import copies
from public_forms import signed_links
from public_forms.checks import check_charset, check_csrf, check_rate_limit, check_same_origin
from public_forms.rejection import Rejected


class CopyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"), max_length=254, help_text=gettext_lazy("The answer goes there.")
    )
    purpose = forms.CharField(
        label=gettext_lazy("What for"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4})
    )


@csrf_exempt  # checked by hand, as comments are: a stranger's wish carries no authority of its own
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, paper_pk: int) -> HttpResponse:
    """Take a request for a copy of a file that is not public; 404 where there is none to ask for."""
    paper = get_object_or_404(Paper, pk=paper_pk)
    edition = paper.waiting_edition
    if edition is None or not paper.may_be_seen_by(request):
        raise Http404
    if request.method != "POST":
        return copy_page(request, paper, form=CopyForm())
    form = CopyForm()
    try:
        check_charset(request)
        form = CopyForm(request.POST)
        check_same_origin(request)
        check_csrf(request)
        check_rate_limit(request, "attempt")
        if not form.is_valid():
            return copy_page(request, paper, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        check_rate_limit(request, "email", mailbox=form.cleaned_data["email"].lower())
    except Rejected as refused:
        response = copy_page(request, paper, form=form, refused=refused.message, status=refused.status)
        return refused.apply_to(response)
    copies.ask(edition, **form.cleaned_data)
    return copy_page(request, paper, is_done=True)


def copy_page(
    request: HttpRequest, paper: Paper, *, status: int = HTTPStatus.OK, **words: Any
) -> HttpResponse:
    return render(request, "papers/copy.html", {"page": paper, **words}, status=status)


@require_safe
def copy(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer with the file a request was granted for; 410 once the link is too old."""
    try:
        number = copies.number_in(token)
    except signed_links.LinkExpired:
        return render(request, "papers/copy_too_late.html", status=HTTPStatus.GONE)
    wishes = CopyRequest.objects.select_related("edition__paper", "edition__document__record")
    wish = wishes.filter(pk=number, state=CopyRequest.State.GRANTED).first()
    if wish is None or not wish.edition.is_published or not wish.edition.paper.live:
        raise Http404
    response = responses.answer(request, wish.edition, changed_at=None)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def may_answer(request: HttpRequest, paper: Paper) -> bool:
    return paper.permissions_for_user(request.user).can_publish()


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """List the latest requests for papers this editor may publish, those that wait first."""
    wishes = CopyRequest.objects.select_related("edition__paper", "answered_by")
    latest = wishes.order_by("-state", "-asked_at")[:200]  # of the three states "waiting" is the last
    shown = [wish for wish in latest if may_answer(request, wish.edition.paper)]
    return render(request, "papers/admin/copies.html", {"wishes": shown})


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Grant or decline a request, as the button says that was pressed."""
    wish = get_object_or_404(CopyRequest.objects.select_related("edition__paper"), pk=number)
    if not may_answer(request, wish.edition.paper):
        raise PermissionDenied
    granted = "grant" in request.POST
    if copies.answer(wish, granted=granted, by=request.user):
        words = _("The link is on its way.") if granted else _("The request is declined.")
        messages.success(request, words)
    else:
        messages.error(request, _("Somebody has answered this request already."))
    return redirect("papers_editions:copies")
