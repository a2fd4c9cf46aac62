"""Editions: every file a paper ever had, none ever overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from pagecache.dependencies import expire_with, expires_at
from papers.accessibility.models import AccessibilityStatusMixin
from papers.editions.publication import Licence
from papers.files.models import FileRecord

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest


class EditionCounter(models.Model):
    """The highest edition number a paper ever gave out.

    Not a field of the page: publishing an old revision would set it back.
    """

    paper = models.OneToOneField("papers.Paper", on_delete=models.CASCADE, related_name="+")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.last}"

    @classmethod
    def lock(cls, paper_id: int) -> EditionCounter:
        """Lock this paper's editions against other changes until the current transaction ends."""
        cls.objects.get_or_create(paper_id=paper_id)
        return cls.objects.select_for_update().get(paper_id=paper_id)

    @classmethod
    def next_number(cls, paper_id: int) -> int:
        """Return a number never used before; call it inside the transaction that uses it."""
        counter = cls.lock(paper_id)
        counter.last += 1
        counter.save(update_fields=["last"])
        return counter.last


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> EditionQuerySet:
        return self.filter(state=Edition.State.PUBLISHED)

    def drafts(self) -> EditionQuerySet:
        return self.filter(state=Edition.State.DRAFT)

    def available(self) -> EditionQuerySet:
        """Keep published editions whose file readers may have: under no embargo, and not on request only."""
        now = timezone.now()
        embargoed = models.Q(embargoed_until__gt=now)
        expire_with(self.filter(embargoed_until__gt=now), "embargoed_until")
        return self.published().exclude(embargoed).exclude(paper__files_on_request=True)

    def public(self) -> EditionQuerySet:
        """Keep what anybody may have: available editions of public papers."""
        papers: Any = Edition.paper.field.related_model
        return self.available().filter(paper__in=papers.objects.published())

    def embargo_ended(self) -> EditionQuerySet:
        """Keep those whose embargo is over, but whose pages and search entries don't know it yet."""
        return self.filter(embargo_pending=True, embargoed_until__lte=timezone.now())

    def scheduled_with_paper(self) -> EditionQuerySet:
        """Keep drafts that go live when their paper is next published, oldest first."""
        return self.drafts().filter(publish_with_paper=True).order_by("number")

    def newest_first(self) -> EditionQuerySet:
        """Newest first, with what download links show."""
        return self.with_files().order_by("-number")

    def with_files(self) -> EditionQuerySet:
        """Bring the record, the report and the review of each file."""
        return self.select_related("document__record__accessibility_report", "accessibility_review")


class Edition(AccessibilityStatusMixin, models.Model):
    """One file of a paper under a number that is never used again.

    A plain foreign key, no part of the page's revisions: publishing an old
    revision of the paper must not take an edition away.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.PROTECT, related_name="editions", editable=False
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    document = models.ForeignKey(
        "publishing.SiteDocument", verbose_name=_("file"), on_delete=models.PROTECT, related_name="editions"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    state_since = models.DateTimeField(_("in this state since"), default=timezone.now, editable=False)
    publication_date = models.DateField(_("date of the edition"), default=timezone.localdate)
    licence = models.CharField(
        _("license"),
        max_length=20,
        choices=Licence.choices,
        blank=True,
        help_text=_("Only if it differs from the white paper’s license."),
    )
    embargoed_until = models.DateTimeField(
        _("file available from"),
        null=True,
        blank=True,
        help_text=_("Until then readers see the white paper’s page, but can’t get the file."),
    )
    embargo_pending = models.BooleanField(default=False, editable=False)  # release_embargoes has yet to act
    note = models.CharField(
        _("what changed"), max_length=300, blank=True, help_text=_("Shown in the list of editions.")
    )
    publish_with_paper = models.BooleanField(
        _("publish together with the white paper"),
        default=True,
        help_text=_("The draft is published when the white paper is next published."),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["paper", "-number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="an_edition_number_once_a_paper"),
            models.UniqueConstraint(fields=["paper", "document"], name="a_file_once_a_paper"),
        ]

    def __str__(self) -> str:
        return _("“%(paper)s”, %(number)s edition") % {"paper": self.paper, "number": ordinal(self.number)}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new edition the paper's next number; numbers of deleted ones stay used."""
        self.embargo_pending = self.is_embargoed
        if "embargoed_until" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "embargo_pending"}
        with transaction.atomic():
            if self.number is None:
                self.number = EditionCounter.next_number(self.paper_id)
            super().save(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def is_embargoed(self) -> bool:
        is_embargoed = self.embargoed_until is not None and self.embargoed_until > timezone.now()
        if is_embargoed:
            expires_at(self.embargoed_until)
        return is_embargoed

    @property
    def is_available(self) -> bool:
        """Say whether readers of the paper may have its file now."""
        return self.is_published and not self.is_embargoed and not self.paper.files_on_request

    @property
    def changed_at(self) -> datetime:
        """Return when the answer at this edition's address last changed."""
        released = self.embargoed_until if self.embargoed_until and not self.is_embargoed else None
        return max(filter(None, [self.state_since, released]))

    @property
    def effective_licence(self) -> Licence:
        """Return the license of this edition: its own, or else the paper's."""
        return Licence(self.licence or self.paper.licence)

    @property
    def record(self) -> FileRecord | None:
        """Return what is known of the file; None while a file that came by no form waits to be read."""
        return getattr(self.document, "record", None)

    @property
    def cover_image(self) -> dict[str, object] | None:
        """Return the cover as url, avif, width and height; none while readers may not read the edition."""
        return self.record.cover_image if self.record and self.is_available else None

    @property
    def file_summary(self) -> str:
        """Return what to expect: "PDF, 24 pages, 1.2 MB", or "24 pages, read online"."""
        if self.record is None:
            return ""
        return self.record.file_summary if self.has_download else self.record.page_count_text

    @property
    def file_name(self) -> str:
        """Return the name under which readers save the file."""
        return f"{self.paper.slug}-edition-{self.number}.pdf"

    @property
    def download_path(self) -> str:
        """Return the path of the file, relative to the paper's address."""
        return f"editions/{self.number}/download/"

    @property
    def reading_path(self) -> str:
        """Return the path of its first page in the browser, relative to the paper's address."""
        return f"editions/{self.number}/read/"

    def may_be_read_by(self, request: HttpRequest) -> bool:
        """Say whether this reader may read the text of the file. Every view asks this.

        The paper's page decides, not the collection of the document. A view that
        serves the file itself checks ``has_download`` too.
        """
        return self.is_available and self.paper.may_be_seen_by(request)

    def publish(self, *, user: AbstractBaseUser | AnonymousUser | None = None) -> None:
        if not self.is_published:
            self._set_state(self.State.PUBLISHED)
            self.log_action("papers.edition.publish", user=user)

    def withdraw(self, *, reason: str = "", user: AbstractBaseUser | AnonymousUser | None = None) -> None:
        """Stop serving the file; the list of editions still shows the edition, with the reason."""
        self.note = reason or self.note
        self._set_state(self.State.WITHDRAWN)
        self.log_action("papers.edition.withdraw", user=user)

    def _set_state(self, state: str) -> None:
        self.state, self.state_since = state, timezone.now()
        self.save(update_fields=["state", "state_since", "note"])

    def log_action(
        self, action: str, *, user: AbstractBaseUser | AnonymousUser | None = None, **more: str
    ) -> None:
        """Add an action on this edition to the paper's history; the data hold its number and ``more``."""
        log(instance=self.paper, action=action, user=user, data={"edition": self.number, **more})
