"""What stands in a paper's form besides its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.panels import Panel

from papers.files.duplicates import warnings_for
from papers.files.suggestions import suggestions_for

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from papers.models import Paper


class EditionsPanel(Panel):
    """The editions of a paper: what each is, and what can be done with it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "papers/admin/editions_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | told_of(self.instance, self.request.user)


def told_of(paper: Paper, user: AbstractBaseUser) -> dict[str, Any]:
    """Return what an editor is told of a paper's editions and files."""
    editions = list(paper.editions.newest_first())
    newest = paper.newest_edition
    return {
        "paper": paper,
        "editions": editions,
        "can_publish": paper.permissions_for_user(user).can_publish(),
        "archived": bool(newest and newest.decision and newest.decision.is_archived),
        "warnings": warnings_for(paper),
        "suggestions": suggestions_for(paper),
        "under_way": any(edition.record and not edition.record.is_settled for edition in editions),
    }
