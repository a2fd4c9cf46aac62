"""What editors do with editions, in the admin: GET asks for confirmation, POST acts."""

from __future__ import annotations

from django.contrib.humanize.templatetags.humanize import ordinal
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
from papers.editions.models import Edition
from papers.files.models import FileRecord
from papers.files.suggestions import suggestions_for
from papers.intake.forms import upload_warnings
from papers.pages import Paper
from papers.panels import editions_context


def get_edition(request: HttpRequest, paper_pk: int, number: int, *, to_publish: bool = False) -> Edition:
    """Return an edition whose paper the user may edit, or publish.

    Raises Http404, or PermissionDenied: published editions are only for those who may publish.
    """
    editions = Edition.objects.select_related("paper").with_files()
    edition = get_object_or_404(editions, paper=paper_pk, number=number)
    permissions = edition.paper.permissions_for_user(request.user)
    if not (permissions.can_publish() if to_publish or not edition.is_draft else permissions.can_edit()):
        raise PermissionDenied
    return edition


def redirect_to_paper(edition: Edition) -> HttpResponse:
    return redirect("wagtailadmin_pages:edit", edition.paper_id)


def confirm_page(
    request: HttpRequest, edition: Edition, *, title: str, button: str, **context: object
) -> HttpResponse:
    """Render the page that asks before an action: a text, perhaps a form, and one button."""
    status = 422 if request.method == "POST" else 200
    context |= {"edition": edition, "page_title": title, "button": button}
    return render(request, "papers/admin/confirm.html", context, status=status)


@require_safe
def editions(request: HttpRequest, paper_pk: int) -> HttpResponse:
    """Render the editions panel of a paper's form anew, for the script that watches a file being read."""
    paper = get_object_or_404(Paper, pk=paper_pk)
    if not paper.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return render(request, "papers/admin/editions_panel.html", editions_context(paper, request.user))


@require_safe
def file_details(request: HttpRequest, document_pk: int) -> HttpResponse:
    """Render progress, suggestions and warnings about a file that was just chosen for a new paper."""
    document = get_object_or_404(documents_for(request.user), pk=document_pk)
    record = FileRecord.objects.filter(document=document).select_related("accessibility_report").first()
    context = {
        "record": record,
        "in_progress": record is not None and not record.is_finished,
        "suggestions": suggestions_for(Paper(), record),
        "warnings": upload_warnings(document),
    }
    return render(request, "papers/admin/file_details.html", context)


def publish(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    edition = get_edition(request, paper_pk, number, to_publish=True)
    if request.method != "POST":
        text = _("Readers can download the file as soon as the white paper itself is published.")
        return confirm_page(request, edition, title=_("Publish edition"), button=_("Publish"), text=text)
    edition.publish(user=request.user)
    messages.success(request, _("The %(number)s edition was published.") % {"number": ordinal(number)})
    return redirect_to_paper(edition)


def withdraw(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    edition = get_edition(request, paper_pk, number, to_publish=True)
    if not edition.is_published:
        messages.error(request, _("Only a published edition can be withdrawn."))
        return redirect_to_paper(edition)
    form = WithdrawalForm(request.POST or None)
    if not form.is_valid():
        text = _(
            "Readers can no longer download the file. "
            "The list of editions still shows the edition, with your reason."
        )
        title, button = _("Withdraw edition"), _("Withdraw")
        return confirm_page(request, edition, title=title, button=button, text=text, form=form)
    edition.withdraw(reason=form.cleaned_data["reason"], user=request.user)
    messages.success(request, _("The %(number)s edition was withdrawn.") % {"number": ordinal(number)})
    return redirect_to_paper(edition)


def edit(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    edition = get_edition(request, paper_pk, number)
    form = EditionForm(request.POST or None, instance=edition)
    if not form.is_valid():
        return confirm_page(request, edition, title=_("Edit edition"), button=_("Save"), form=form)
    with transaction.atomic():
        form.save()
        edition.log_action("papers.edition.edit", user=request.user)
    messages.success(request, _("The %(number)s edition was saved.") % {"number": ordinal(number)})
    return redirect_to_paper(edition)


def delete(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    edition = get_edition(request, paper_pk, number)
    if not edition.is_draft:
        messages.error(request, _("A published edition can’t be deleted. Withdraw it instead."))
        return redirect_to_paper(edition)
    if request.method != "POST":
        text = _("Its number won’t be used again. The file stays in Documents.")
        title, button = _("Delete draft edition"), _("Delete")
        return confirm_page(request, edition, title=title, button=button, text=text, is_destructive=True)
    with transaction.atomic():
        edition.log_action("papers.edition.delete", user=request.user)
        edition.delete()
    messages.success(request, _("The draft %(number)s edition was deleted.") % {"number": ordinal(number)})
    return redirect_to_paper(edition)


@require_safe
def file(request: HttpRequest, paper_pk: int, number: int) -> HttpResponseBase:
    """Show an editor the file of any edition, one that readers may not have included."""
    edition = get_object_or_404(
        Edition.objects.select_related("paper", "document__record"), paper=paper_pk, number=number
    )
    if not edition.paper.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return responses.file_response(request, edition, changed_at=None)
