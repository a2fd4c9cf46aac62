"""Editions: every file a paper ever had, none ever overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from papers.accessibility.models import Gated
from papers.editions.publication import Licence

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest

    from papers.files.models import FileRecord


class EditionCount(models.Model):
    """The highest edition number a paper ever gave out.

    Not a field of the page: publishing an old revision would set it back.
    """

    paper = models.OneToOneField("papers.Paper", on_delete=models.CASCADE, related_name="+")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.last}"

    @classmethod
    def hold(cls, paper_id: int) -> EditionCount:
        """Make everyone else who changes this paper's editions wait until the transaction under way ends."""
        cls.objects.get_or_create(paper_id=paper_id)
        return cls.objects.select_for_update().get(paper_id=paper_id)

    @classmethod
    def next_for(cls, paper_id: int) -> int:
        """Return a number nobody had; call it inside the transaction that uses it."""
        count = cls.hold(paper_id)
        count.last += 1
        count.save(update_fields=["last"])
        return count.last


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> EditionQuerySet:
        return self.filter(state=Edition.State.PUBLISHED)

    def drafts(self) -> EditionQuerySet:
        return self.filter(state=Edition.State.DRAFT)

    def out(self) -> EditionQuerySet:
        """Keep published editions whose time has come."""
        embargoed = models.Q(readable_from__gt=timezone.now())
        return self.published().exclude(embargoed).exclude(paper__files_on_request=True)

    def readable(self) -> EditionQuerySet:
        """Keep what any stranger may have: editions that are out, of published papers."""
        papers = Edition.paper.field.related_model
        return self.out().filter(paper__in=papers.objects.published())

    def overdue(self) -> EditionQuerySet:
        """Keep those whose time has come while nobody told the pages that show them."""
        return self.filter(waits=True, readable_from__lte=timezone.now())

    def following(self) -> EditionQuerySet:
        """Keep drafts that go live when their paper is next published, oldest first."""
        return self.drafts().filter(follows_paper=True).order_by("number")

    def newest_first(self) -> EditionQuerySet:
        """Newest first, with all that a download line tells."""
        return self.with_files().order_by("-number")

    def with_files(self) -> EditionQuerySet:
        """Bring what is known of each file, and what was decided about it."""
        return self.select_related("document__record__report", "outcome")


class Edition(Gated, models.Model):
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
    dated = models.DateField(_("date of the edition"), default=timezone.localdate)
    licence = models.CharField(
        _("license"),
        max_length=20,
        choices=Licence.choices,
        blank=True,
        help_text=_("Only where it differs from the paper's."),
    )
    readable_from = models.DateTimeField(
        _("file readable from"),
        null=True,
        blank=True,
        help_text=_("Until then the paper's page shows, and the file does not."),
    )
    waits = models.BooleanField(default=False, editable=False)  # for readable_from, unnoticed as yet
    note = models.CharField(
        _("what changed"), max_length=300, blank=True, help_text=_("Shown in the list of editions.")
    )
    follows_paper = models.BooleanField(
        _("publish together with the paper"),
        default=True,
        help_text=_("A draft goes live when the paper is next published."),
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
        return _("“%(paper)s”, edition %(number)s") % {"paper": self.paper, "number": self.number}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new edition the paper's next number; numbers of deleted ones stay used."""
        self.waits = self.is_embargoed
        if "readable_from" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "waits"}
        with transaction.atomic():
            if self.number is None:
                self.number = EditionCount.next_for(self.paper_id)
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
        return self.readable_from is not None and self.readable_from > timezone.now()

    @property
    def is_out(self) -> bool:
        """Say whether those who may read the paper may have this file now."""
        return self.is_published and not self.is_embargoed and not self.paper.files_on_request

    @property
    def changed_at(self) -> datetime:
        """Return when readers last got something else at this edition's address."""
        begun = self.readable_from if self.readable_from and not self.is_embargoed else None
        return max(filter(None, [self.state_since, begun]))

    @property
    def terms(self) -> Licence:
        """Return the license of this very edition."""
        return Licence(self.licence or self.paper.licence)

    @property
    def record(self) -> FileRecord | None:
        """Return what is known of the file; None until a file that came by no form was looked at."""
        return getattr(self.document, "record", None)

    @property
    def facts(self) -> str:
        """Return what to expect: "PDF, 24 pages, 1.2 MB", or "24 pages, read online"."""
        if self.record is None:
            return ""
        return self.record.facts if self.has_download else self.record.pages_in_words

    @property
    def file_name(self) -> str:
        """Return what a reader's copy is called."""
        return f"{self.paper.slug}-edition-{self.number}.pdf"

    @property
    def download_path(self) -> str:
        """Return the address of the file beneath the paper's own."""
        return f"editions/{self.number}/download/"

    @property
    def reading_path(self) -> str:
        """Return the address beneath the paper's own at which the edition is read in the browser."""
        return f"editions/{self.number}/read/"

    def may_be_read_by(self, request: HttpRequest) -> bool:
        """Say whether whoever asks may read what the file says. Every door asks this one question.

        The page decides, not the collection its file happens to lie in. A door
        that hands out the file itself asks ``has_download`` besides.
        """
        return self.is_out and self.paper.may_be_seen_by(request)

    def publish(self, *, user: AbstractBaseUser | None = None) -> None:
        if not self.is_published:
            self._turn(self.State.PUBLISHED)
            self.tell("papers.edition.publish", user=user)

    def withdraw(self, *, reason: str = "", user: AbstractBaseUser | None = None) -> None:
        """Take the file away from readers; the list of editions goes on showing it, with the reason."""
        self.note = reason or self.note
        self._turn(self.State.WITHDRAWN)
        self.tell("papers.edition.withdraw", user=user)

    def _turn(self, state: str) -> None:
        self.state, self.state_since = state, timezone.now()
        self.save(update_fields=["state", "state_since", "note"])

    def tell(self, action: str, *, user: AbstractBaseUser | None = None, **more: str) -> None:
        """Write an act on this edition into the paper's history."""
        log(instance=self.paper, action=action, user=user, data={"edition": self.number, **more})
