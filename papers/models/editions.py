"""Editions: every file a paper ever had, none ever overwritten."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EditionCount(models.Model):
    """The highest edition number a paper ever gave out.

    Not a field of the page: publishing an old revision would set it back.
    """

    paper = models.OneToOneField("papers.Paper", on_delete=models.CASCADE, related_name="+")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.last}"

    @classmethod
    def next_for(cls, paper_id: int) -> int:
        """Return a number nobody had; call it inside the transaction that uses it."""
        count, _made = cls.objects.select_for_update().get_or_create(paper_id=paper_id)
        count.last = F("last") + 1
        count.save(update_fields=["last"])
        count.refresh_from_db(fields=["last"])
        return count.last


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> EditionQuerySet:
        return self.filter(state=Edition.State.PUBLISHED)

    def newest_first(self) -> EditionQuerySet:
        """Newest first, with all that a download line tells."""
        return self.select_related("document__record").order_by("-number")


class Edition(models.Model):
    """One file of a paper under a number that is never used again.

    A plain foreign key, no part of the page's revisions: publishing an old
    revision of the paper must not take an edition away.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    paper = models.ForeignKey("papers.Paper", on_delete=models.PROTECT, related_name="editions", editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    document = models.ForeignKey("publishing.SiteDocument", verbose_name=_("file"), on_delete=models.PROTECT, related_name="editions")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    dated = models.DateField(_("date of the edition"), default=timezone.localdate)
    note = models.CharField(_("what changed"), max_length=300, blank=True, help_text=_("Shown in the list of editions."))
    follows_paper = models.BooleanField(
        _("publish together with the paper"), default=True, help_text=_("A draft goes live when the paper is next published.")
    )  # fmt: skip

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
        return _("%(paper)s, edition %(number)s") % {"paper": self.paper, "number": self.number}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new edition the paper's next number; numbers of deleted ones stay used."""
        with transaction.atomic():
            if self.number is None:
                self.number = EditionCount.next_for(self.paper_id)
            super().save(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    def publish(self) -> None:
        self.state = self.State.PUBLISHED
        self.save(update_fields=["state"])

    def withdraw(self) -> None:
        self.state = self.State.WITHDRAWN
        self.save(update_fields=["state"])
