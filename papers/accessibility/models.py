"""The gate: what a machine found in a file, and what a person made of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pagecache import versions
from papers.accessibility.issues import Found, grouped

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from papers.editions.models import Edition
    from papers.files.models import FileRecord
    from papers.pdf.accessibility.check import CheckResult


class FileReportQuerySet(models.QuerySet["FileReport"]):
    def keep(self, record: FileRecord, report: CheckResult) -> FileReport | None:
        """Keep what a machine found in a file; None where the file has gone meanwhile."""
        with transaction.atomic():
            if not type(record).objects.select_for_update().filter(pk=record.pk).exists():
                return None
            found = {
                "flaws": [flaw.as_dict for flaw in report.issues],
                "counts": dict(report.counts),
                "particulars": report.document_info,
                "checked_at": timezone.now(),
            }
            report = self.update_or_create(record=record, defaults=found)[0]
        for paper in record.document.editions.values_list("paper", flat=True):
            versions.bump(f"page/{paper}")
        return report


class FileReport(models.Model):
    """What a machine found in one PDF; it goes with the record of that file."""

    record = models.OneToOneField("papers.FileRecord", on_delete=models.CASCADE, related_name="report")
    flaws = models.JSONField(_("findings"), default=list)
    counts = models.JSONField(_("findings of each kind"), default=dict)
    particulars = models.JSONField(_("what the file says of itself"), default=dict)
    checked_at = models.DateTimeField(_("checked at"), default=timezone.now)

    objects = FileReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("file report")
        verbose_name_plural = _("file reports")

    def __str__(self) -> str:
        return f"{self.record_id}: {self.total}"

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def found(self) -> list[Found]:
        return grouped(self.flaws, self.counts)


class Outcome(models.Model):
    """What a person decided about an edition's file, having looked through the checklist.

    It holds for the bytes that person saw: ``sha256`` names them.
    """

    class Kind(models.TextChoices):
        READY = "ready", _("ready")
        KNOWN_PROBLEMS = "known-problems", _("known problems")
        ARCHIVED = "archived", _("archived (frozen)")
        HTML_ONLY = "html-only", _("HTML only")

    class Look(models.TextChoices):
        NOT_YET = "", _("not looked at yet")
        GOOD = "good", _("no problem found")
        BAD = "bad", _("problem found")

    edition = models.OneToOneField(
        "papers.Edition", on_delete=models.CASCADE, related_name="outcome", editable=False
    )
    kind = models.CharField(_("outcome"), max_length=20, choices=Kind.choices, blank=True)
    due = models.DateField(_("to be mended by"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    reading_order = models.CharField(
        _("Does the order of reading make sense?"), max_length=4, choices=Look.choices, blank=True
    )
    alternatives = models.CharField(
        _("Do the alternative texts say what the figures say?"),
        max_length=4, choices=Look.choices, blank=True,
    )  # fmt: skip
    contrast = models.CharField(
        _("Do text and figures stand out from their background?"),
        max_length=4, choices=Look.choices, blank=True,
    )  # fmt: skip
    link_wording = models.CharField(
        _("Do the words of the links say where they lead?"),
        max_length=4, choices=Look.choices, blank=True,
    )  # fmt: skip
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_by_name = models.CharField(_("decided by"), max_length=200, editable=False)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now, editable=False)

    CHECKLIST = ("reading_order", "alternatives", "contrast", "link_wording")

    class Meta:
        verbose_name = _("outcome of the gate")
        verbose_name_plural = _("outcomes of the gate")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="known-problems")
                | (models.Q(due__isnull=False) & ~models.Q(reason="")),
                name="known_problems_have_a_date_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.kind}"

    @property
    def looks(self) -> list[str]:
        return [getattr(self, name) for name in self.CHECKLIST]

    @property
    def is_looked_through(self) -> bool:
        return all(self.looks)

    @property
    def is_archived(self) -> bool:
        return self.kind == self.Kind.ARCHIVED

    @property
    def is_html_only(self) -> bool:
        return self.kind == self.Kind.HTML_ONLY

    def is_overdue(self, today: date) -> bool:
        return self.kind == self.Kind.KNOWN_PROBLEMS and self.due is not None and self.due < today

    def settle(self, *, user: AbstractBaseUser) -> None:
        """Save who decided, when, and about which bytes; write it into the paper's history."""
        self.sha256 = self.edition.record.sha256 if self.edition.record else ""
        self.decided_by, self.decided_by_name = user, str(user)[:200]
        self.decided_at = timezone.now()
        with transaction.atomic():
            self.save()
            self.edition.tell("papers.gate.decide", user=user, outcome=self.kind)
        versions.bump(f"page/{self.edition.paper_id}")


class Gated(models.Model):
    """The part of an edition that knows how far its file has come through the gate."""

    class Meta:
        abstract = True

    @property
    def report(self: Edition) -> FileReport | None:
        return getattr(self.record, "report", None) if self.record else None

    @property
    def decision(self: Edition) -> Outcome | None:
        """Return what was decided about the file this edition has now, or None."""
        outcome = getattr(self, "outcome", None)
        if outcome is None or not outcome.kind or self.record is None:
            return None
        return outcome if outcome.sha256 == self.record.sha256 else None

    @property
    def has_download(self: Edition) -> bool:
        """Say whether readers get the file itself; else they read its words in the browser."""
        return self.decision is None or not self.decision.is_html_only

    @property
    def sentences(self: Edition) -> list[str]:
        """Return what readers are told about the file."""
        from papers.accessibility.statements import sentences  # it knows this model

        return sentences(self)

    @property
    def open_points(self: Edition) -> list[str]:
        """Return what is still to be done at the gate, in sentences."""
        outcome, record = getattr(self, "outcome", None), self.record
        points = []
        if self.report is None:
            points.append(_("The machine has not checked the file yet."))
        if outcome is not None and record is not None and outcome.sha256 != record.sha256:
            points.append(_("The file has changed since somebody decided about it."))
        elif outcome is None or not outcome.is_looked_through:
            points.append(_("Nobody has gone through the checklist yet."))
        if self.decision is None:
            points.append(_("No outcome is set."))
        elif self.decision.is_overdue(timezone.localdate()):
            points.append(_("The date by which its problems were to be mended has passed."))
        return [str(point) for point in points]
