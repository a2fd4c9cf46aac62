"""The gate in the admin: what the machine found in an edition's file, and what a person says of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from papers.admin.edition_views import found
from papers.admin.review_forms import OutcomeForm
from papers.intake.tasks import read_file
from papers.models import FileReport, Outcome


def gate(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    """Show the report and take the outcome; 422 where it contradicts itself."""
    edition = found(request, paper_pk, number)
    points = edition.open_points  # asked before the form writes onto the row it holds
    outcome = Outcome.objects.filter(edition=edition).first() or Outcome(edition=edition)
    form = OutcomeForm(request.POST or None, instance=outcome)
    if form.is_valid():
        form.instance.settle(user=request.user)
        messages.success(request, _("What you found about edition %(number)s is saved.") % {"number": number})
        return redirect("papers_editions:gate", paper_pk, number)
    kept = Outcome.objects.filter(edition=edition).first()
    context = {
        "edition": edition,
        "record": edition.record,
        "report": edition.report,
        "kept": kept,
        "is_current": kept is not None
        and edition.record is not None
        and kept.sha256 == edition.record.sha256,
        "is_overdue": kept is not None and kept.is_overdue(timezone.localdate()),
        "points": points,
        "form": form,
    }
    return render(request, "papers/gate/gate.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def check_again(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    """Have the machine check the file once more."""
    edition = found(request, paper_pk, number)
    FileReport.objects.filter(record__document=edition.document_id).delete()
    read_file.enqueue(edition.document_id)
    messages.success(request, _("The file is being checked. Load this page again in a moment."))
    return redirect("papers_editions:gate", paper_pk, number)
