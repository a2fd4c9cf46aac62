"""What becomes of a thread when the row of a comment goes for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from discussion.models.places import rows

if TYPE_CHECKING:
    from discussion.models.comment import Comment


class Deletable:
    """A part of Comment."""

    @transaction.atomic
    def delete(self: Comment, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, and close the gap it leaves.

        Raises ProtectedError for a comment that was answered: it can be
        removed or erased, and stays as a stub above what others said.
        """
        # Who answers it at this moment waits here, and then finds it gone.
        list(rows.filter(pk=self.thread_id).select_for_update().values_list("pk"))
        beneath = rows.exclude(pk=self.pk).filter(Q(thread_id=self.pk) | Q(parent_id=self.pk))
        if beneath.exists() or type(self).objects.filter(reply_to=self).exists():
            raise ProtectedError(_("This comment was answered. Remove it instead."), {self})
        had_place, page = self.has_place, self.page_id
        gone = super().delete(*args, **options)
        if had_place:
            from discussion.checking import mend_page  # which knows comments itself

            mend_page(page)
        return gone
