"""What stands in a paper's form besides its fields."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from papers.gate_duplicates import warnings_for
from papers.gate_suggestions import suggestions_for


class EditionsPanel(Panel):
    """The editions of a paper: what each is, and what can be done with it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "papers/admin/editions_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            can_publish = self.instance.permissions_for_user(self.request.user).can_publish()
            editions = list(self.instance.editions.newest_first())
            newest = self.instance.newest_edition
            return context | {
                "paper": self.instance,
                "editions": editions,
                "can_publish": can_publish,
                "archived": bool(newest and newest.decision and newest.decision.is_archived),
                "warnings": warnings_for(self.instance),
                "suggestions": suggestions_for(self.instance),
            }
