"""The one reaction there is: a member found a comment useful. Nothing counts against anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from discussion.models.comment import Comment

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def toggle(self, comment: Comment, member: User) -> bool:
        """Mark the comment as useful for ``member``, or no longer; return which. The count stays exact."""
        with transaction.atomic():
            # One after the other: two at once would both count from before the other.
            Comment.objects.order_by().select_for_update(no_key=True).values_list("pk").get(pk=comment.pk)
            gone, _rows = self.filter(comment=comment, member=member).delete()
            if not gone:
                self.create(comment=comment, member=member)
                self.recount([comment.pk])
        comment.touch_page()
        return not gone

    def recount(self, numbers: list[int]) -> None:
        """Let each of these comments know how many members find it useful."""
        reactions = self.filter(comment__in=numbers).order_by().values_list("comment")
        counts = dict(reactions.annotate(number=models.Count("pk")))
        for number in sorted(numbers):
            Comment.objects.filter(pk=number).update(useful_count=counts.get(number, 0))

    def comment_ids_marked_by(self, member: User, numbers: set[int]) -> set[int]:
        """Return which of the comments ``member`` finds useful."""
        return set(self.filter(member=member, comment__in=numbers).values_list("comment", flat=True))


class Reaction(models.Model):
    """A member finds a comment useful."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reactions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("useful vote")
        verbose_name_plural = _("useful votes")
        constraints = [models.UniqueConstraint(fields=["comment", "member"], name="useful_once_a_member")]

    def __str__(self) -> str:
        return f"{self.comment}, {self.member}"


@receiver(post_delete, sender=Reaction)
def recount_on_delete(instance: Reaction, **signal: object) -> None:
    """Count no more who left with their account."""
    Reaction.objects.recount([instance.comment_id])
    for comment in Comment.objects.filter(pk=instance.comment_id):
        comment.touch_page()


class ReadMarkerQuerySet(models.QuerySet["ReadMarker"]):
    def last_read(self, member: User, page: Page) -> datetime | None:  # type: ignore[override]
        """Return up to when ``member`` has read the comments on ``page``; None for the first visit."""
        return self.filter(member=member, page=page).values_list("last_read_at", flat=True).first()

    def mark_read(self, member: User, page: Page, until: datetime) -> None:
        """Note a visit; one statement."""
        ReadMarker.objects.bulk_create(
            [ReadMarker(member=member, page=page, last_read_at=until)],
            update_conflicts=True,
            unique_fields=["member", "page"],
            update_fields=["last_read_at"],
        )


class ReadMarker(models.Model):
    """Up to which moment a member has read the comments on a page."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    last_read_at = models.DateTimeField(_("last read"))

    objects = ReadMarkerQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [models.UniqueConstraint(fields=["member", "page"], name="one_visit_a_page")]

    def __str__(self) -> str:
        return f"ReadMarker {self.pk}"
