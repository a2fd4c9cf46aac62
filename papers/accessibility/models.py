"""The accessibility report of a file, made automatically, and the review of it, made by a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pagecache import versions
from papers.accessibility.issues import IssueGroup, group_issues
from papers.accessibility.outcomes import CheckAnswer, Outcome
from papers.accessibility.statements import accessibility_statement
from papers.files.models import FileRecord

if TYPE_CHECKING:
    from accounts.models import User
    from papers.pdf.accessibility.check import CheckResult


class AccessibilityReportQuerySet(models.QuerySet["AccessibilityReport"]):
    def store(self, record: FileRecord, report: CheckResult) -> AccessibilityReport | None:
        """Save the result of a check in place of an earlier one.

        Returns None, and saves nothing, if the file was deleted meanwhile.
        """
        with transaction.atomic():
            if not FileRecord.objects.select_for_update().filter(pk=record.pk).exists():
                return None
            saved, _created = self.update_or_create(
                record=record,
                defaults={
                    "issues": [issue.as_dict for issue in report.issues],
                    "counts": dict(report.counts),
                    "document_info": report.document_info,
                    "checked_at": timezone.now(),
                },
            )
        for paper_id in record.document.editions.values_list("paper", flat=True):
            versions.bump(f"page/{paper_id}")
        return saved


class AccessibilityReport(models.Model):
    """What the automatic check found in one PDF; it is deleted with the record of that file.

    ``issues`` holds at most 50 issues of each kind, ``counts`` the number of all;
    ``document_info`` holds title, author and date as the file gives them.
    """

    record = models.OneToOneField(
        "papers.FileRecord", on_delete=models.CASCADE, related_name="accessibility_report"
    )
    issues = models.JSONField(_("issues"), default=list)
    counts = models.JSONField(_("number of issues of each kind"), default=dict)
    document_info = models.JSONField(_("title, author and date in the file"), default=dict)
    checked_at = models.DateTimeField(_("checked at"), default=timezone.now)

    objects = AccessibilityReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("accessibility report")
        verbose_name_plural = _("accessibility reports")

    def __str__(self) -> str:
        return f"{self.record_id}: {self.total}"

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def issue_groups(self) -> list[IssueGroup]:
        return group_issues(self.issues, self.counts)


class AccessibilityReview(models.Model):
    """What a person answered on the checklist for an edition's file, and the outcome they chose.

    It is valid only for the bytes that person saw: ``sha256`` names them.
    """

    edition = models.OneToOneField(
        "papers.Edition", on_delete=models.CASCADE, related_name="accessibility_review", editable=False
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    fix_by = models.DateField(_("fix by"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    reading_order = models.CharField(
        _("Does the reading order make sense?"), max_length=4, choices=CheckAnswer.choices, blank=True
    )
    alternatives = models.CharField(
        _("Do the alternative texts describe the figures?"),
        max_length=4, choices=CheckAnswer.choices, blank=True,
    )  # fmt: skip
    contrast = models.CharField(
        _("Is there enough contrast between text or figures and their background?"),
        max_length=4, choices=CheckAnswer.choices, blank=True,
    )  # fmt: skip
    link_wording = models.CharField(
        _("Does the text of each link say where it leads?"),
        max_length=4, choices=CheckAnswer.choices, blank=True,
    )  # fmt: skip
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_by_name = models.CharField(_("decided by"), max_length=200, editable=False)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now, editable=False)

    CHECKLIST = ("reading_order", "alternatives", "contrast", "link_wording")

    class Meta:
        verbose_name = _("accessibility review")
        verbose_name_plural = _("accessibility reviews")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome="known-problems")
                | (models.Q(fix_by__isnull=False) & ~models.Q(reason="")),
                name="known_problems_have_a_date_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.outcome}"

    @property
    def answers(self) -> list[str]:
        return [getattr(self, name) for name in self.CHECKLIST]

    @property
    def is_complete(self) -> bool:
        """Say whether every question of the checklist has an answer."""
        return all(self.answers)

    @property
    def is_archived(self) -> bool:
        return self.outcome == Outcome.ARCHIVED

    @property
    def is_html_only(self) -> bool:
        return self.outcome == Outcome.HTML_ONLY

    def is_overdue(self, today: date) -> bool:
        """Say whether known problems should have been fixed before ``today``."""
        return self.outcome == Outcome.KNOWN_PROBLEMS and self.fix_by is not None and self.fix_by < today

    def record_decision(self, *, user: User) -> None:
        """Save who decided, when, and about which bytes; log it in the paper's history."""
        self.sha256 = self.edition.record.sha256 if self.edition.record else ""
        self.decided_by, self.decided_by_name = user, str(user)[:200]
        self.decided_at = timezone.now()
        with transaction.atomic():
            self.save()
            self.edition.log_action("papers.gate.decide", user=user, outcome=self.outcome)
        versions.bump(f"page/{self.edition.paper_id}")


class AccessibilityStatusMixin(models.Model):
    """The part of an edition that knows whether its file was checked and reviewed."""

    class Meta:
        abstract = True

    @property
    def record(self) -> FileRecord | None:
        """Return what is known of the file; None until it was looked at."""
        raise NotImplementedError

    @property
    def accessibility_report(self) -> AccessibilityReport | None:
        return getattr(self.record, "accessibility_report", None) if self.record else None

    @property
    def saved_review(self) -> AccessibilityReview | None:
        """Return the latest review, even one of another file that this edition had before."""
        return getattr(self, "accessibility_review", None)

    @property
    def current_review(self) -> AccessibilityReview | None:
        """Return the review of the file this edition has now, if it has an outcome."""
        review = self.saved_review
        if review is None or not review.outcome or self.record is None:
            return None
        return review if review.sha256 == self.record.sha256 else None

    @property
    def has_download(self) -> bool:
        """Say whether readers may download the file; if not, they read its text in the browser."""
        return self.current_review is None or not self.current_review.is_html_only

    @property
    def accessibility_statement(self) -> list[str]:
        """Return what readers are told about the file, in sentences."""
        return accessibility_statement(self.record, self.accessibility_report, self.current_review)

    @property
    def open_tasks(self) -> list[str]:
        """Return what editors still have to do, in sentences."""
        review, record, tasks = self.saved_review, self.record, []
        if self.accessibility_report is None:
            tasks.append(_("The file has not been checked yet."))
        if review is not None and record is not None and review.sha256 != record.sha256:
            tasks.append(_("The file has changed since the last review."))
        elif review is None or not review.is_complete:
            tasks.append(_("The checklist is not complete."))
        if self.current_review is None:
            tasks.append(_("No outcome has been chosen."))
        elif self.current_review.is_overdue(timezone.localdate()):
            tasks.append(_("The date by which its problems were to be fixed has passed."))
        return [str(task) for task in tasks]
