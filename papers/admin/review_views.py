"""The accessibility review of an edition's file: the automatic report, and the form a person fills in."""

from __future__ import annotations

from django.contrib.humanize.templatetags.humanize import ordinal
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from papers.accessibility.models import AccessibilityReport, AccessibilityReview
from papers.admin.edition_views import get_edition
from papers.admin.review_forms import ReviewForm
from papers.intake.tasks import read_file


def review(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    """Show the report, and save the review; 422 for an invalid one."""
    edition = get_edition(request, paper_pk, number)
    saved = edition.saved_review
    context = {
        "edition": edition,
        "record": edition.record,
        "report": edition.accessibility_report,
        "saved": saved,
        "is_current": saved is not None
        and edition.record is not None
        and saved.sha256 == edition.record.sha256,
        "is_overdue": saved is not None and saved.is_overdue(timezone.localdate()),
        "tasks": edition.open_tasks,
    }
    # An instance of its own: validation writes onto it what may not be saved.
    instance = AccessibilityReview.objects.filter(edition=edition).first()
    form = ReviewForm(request.POST or None, instance=instance or AccessibilityReview(edition=edition))
    if form.is_valid():
        form.instance.record_decision(user=request.user)
        messages.success(
            request, _("The review of the %(number)s edition was saved.") % {"number": ordinal(number)}
        )
        return redirect("papers_admin:review", paper_pk, number)
    status = 422 if request.method == "POST" else 200
    return render(request, "papers/accessibility/review.html", context | {"form": form}, status=status)


@require_POST
def recheck(request: HttpRequest, paper_pk: int, number: int) -> HttpResponse:
    """Discard the report of an edition's file and start a new check."""
    edition = get_edition(request, paper_pk, number)
    AccessibilityReport.objects.filter(record__document=edition.document_id).delete()
    read_file.enqueue(edition.document_id)
    messages.success(request, _("The file is being checked. Reload this page in a moment."))
    return redirect("papers_admin:review", paper_pk, number)
