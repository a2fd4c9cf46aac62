"""What editors do with editions, in the admin; GET asks, POST acts."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from papers.downloads import responses
from papers.editions.forms import EditionForm, WithdrawalForm, documents_for
from papers.files.duplicates import warnings_about
from papers.files.suggestions import suggestions_in
from papers.models import Edition, FileRecord, Paper
from papers.panels import told_of


def found(request: HttpRequest, paper_pk: int, number: int, *, to_publish: bool = False) -> Edition:
    """Return an edition whose paper the user may edit, or publish; else 404 or 403."""
    editions = Edition.objects.select_related("paper", "document__record__report", "outcome")
    edition = get_object_or_404(editions, paper=paper_pk, number=number)
    rights = edition.paper.permissions_for_user(request.user)
    if not (rights.can_publish() if to_publish or not edition.is_draft else rights.can_edit()):
        raise PermissionDenied
    return edition


def back(edition: Edition) -> HttpResponse:
    return redirect("wagtailadmin_pages:edit", edition.paper_id)


def ask(request: HttpRequest, edition: Edition, *, title: str, yes: str, **context: object) -> HttpResponse:
    """Show a page that asks before an act: words, perhaps a form, and one button."""
    status = 422 if request.method == "POST" else 200
    context |= {"edition": edition, "page_title": title, "yes": yes}
    return render(request, "papers/admin/act.html", context, status=status)


@require_safe
def editions(request: HttpRequest, paper_pk: int) -> HttpResponse:
    """Answer the part of a paper's form that tells of its editions, as it is by now."""
    paper = get_object_or_404(Paper, pk=paper_pk)
    if not paper.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return render(request, "papers/admin/editions_panel.html", told_of(paper, request.user))


@require_safe
def file_says(request: HttpRequest, document_pk: int) -> HttpResponse:
    """Answer what a file says of itself that was just chosen for a new paper, or how far the reading is."""
    document = get_object_or_404(documents_for(request.user), pk=document_pk)
    record = FileRecord.objects.filter(document=document).select_related("report").first()
    context = {
        "record": record,
        "under_way": record is not None and not record.is_settled,
        "suggestions": suggestions_in(record, Paper()),
        "warnings": warnings_about(document),
    }
    return render(request, "papers/admin/file_says.html", context)


def publish(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    edition = found(request, paper_pk, number, to_publish=True)
    if request.method != "POST":
        words = _("Readers get its file as soon as the paper itself is published.")
        return ask(request, edition, title=_("Publish edition"), yes=_("Publish"), words=words)
    edition.publish(user=request.user)
    messages.success(request, _("Edition %(number)s is published.") % {"number": number})
    return back(edition)


def withdraw(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    edition = found(request, paper_pk, number, to_publish=True)
    if not edition.is_published:
        messages.error(request, _("Only a published edition can be withdrawn."))
        return back(edition)
    form = WithdrawalForm(request.POST or None)
    if not form.is_valid():
        words = _(
            "Its file is taken away from readers. The list of editions goes on naming it, with your reason."
        )
        return ask(request, edition, title=_("Withdraw edition"), yes=_("Withdraw"), words=words, form=form)
    edition.withdraw(reason=form.cleaned_data["reason"], user=request.user)
    messages.success(request, _("Edition %(number)s is withdrawn.") % {"number": number})
    return back(edition)


def edit(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    edition = found(request, paper_pk, number)
    form = EditionForm(request.POST or None, instance=edition)
    if not form.is_valid():
        return ask(request, edition, title=_("Edit edition"), yes=_("Save"), form=form)
    with transaction.atomic():
        form.save()
        edition.tell("papers.edition.edit", user=request.user)
    messages.success(request, _("Edition %(number)s is saved.") % {"number": number})
    return back(edition)


def delete(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    edition = found(request, paper_pk, number)
    if not edition.is_draft:
        messages.error(request, _("What was published stays on record. Withdraw the edition instead."))
        return back(edition)
    if request.method != "POST":
        words = _("Its number won't be used again. The file stays among the documents.")
        return ask(
            request, edition, title=_("Delete draft edition"), yes=_("Delete"), words=words, serious=True
        )
    with transaction.atomic():
        edition.tell("papers.edition.delete", user=request.user)
        edition.delete()
    messages.success(request, _("Draft edition %(number)s is deleted.") % {"number": number})
    return back(edition)


@require_safe
def file(request: HttpRequest, paper_pk: int, number: int) -> HttpResponseBase:
    """Show an editor the file of an edition that readers may not have."""
    edition = get_object_or_404(
        Edition.objects.select_related("paper", "document__record"), paper=paper_pk, number=number
    )
    if not edition.paper.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return responses.answer(request, edition, changed_at=None)
