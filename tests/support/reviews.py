"""Accessibility reports and reviews in tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from papers.models import AccessibilityReport, AccessibilityReview, Edition
from papers.pdf.accessibility.check import CheckResult
from tests.support.factories import make_user

GOOD = dict.fromkeys(AccessibilityReview.CHECKLIST, "good")


def make_report(edition: Edition, *codes: str) -> AccessibilityReport:
    """Store the report of a check that found each of ``codes`` on page 2."""
    result = CheckResult()
    for code in codes:
        result.add(code, page=2)
    return AccessibilityReport.objects.store(edition.record, result)


def make_review(edition: Edition, outcome: str, **fields: Any) -> AccessibilityReview:
    """Record a complete review with ``outcome``."""
    review = AccessibilityReview(edition=edition, outcome=outcome, **GOOD, **fields)
    review.record_decision(user=make_user())
    return review


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def address(edition, name="review"):
    return reverse(f"papers_admin:{name}", args=[edition.paper_id, edition.number])


def decide(client, edition, outcome, **fields):
    return client.post(address(edition), {**GOOD, "outcome": outcome, **fields})
