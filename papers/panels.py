"""The panel of a paper's form that shows its editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.panels import Panel
from wagtail.models import Page

from papers.files.duplicates import duplicate_warnings
from papers.files.suggestions import suggestions_for

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


class EditionsPanel(Panel):
    """The editions of a paper: the state of each, and what can be done with it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "papers/admin/editions_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | editions_context(
                self.instance, self.request.user
            )


def editions_context(paper: Page, user: AbstractBaseUser | AnonymousUser) -> dict[str, Any]:
    """Return the context of ``papers/admin/editions_panel.html``."""
    editions = list(paper.editions.newest_first())
    newest, next_edition = paper.newest_edition, paper.next_edition
    document = next_edition.document if next_edition else None
    review = newest.current_review if newest else None
    return {
        "paper": paper,
        "editions": editions,
        "can_publish": paper.permissions_for_user(user).can_publish(),
        "archived": review is not None and review.is_archived,
        "warnings": duplicate_warnings(document, paper.title, paper.other_titles()),
        "suggestions": suggestions_for(paper, next_edition.record if next_edition else None),
        "in_progress": any(edition.record and not edition.record.is_finished for edition in editions),
    }
