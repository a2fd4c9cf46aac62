"""The moderation queue in the Wagtail admin: all comments, with the actions that each allows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

import public_forms.converters  # noqa: F401 - registers <id:…>
from discussion.models import Comment
from discussion.moderation.bulk_actions import BULK_ACTIONS
from discussion.moderation.comment_actions import comment_action
from discussion.moderation.filters import (
    QUEUES,
    CommentFilterSet,
    hold_reason_text,
    queue_tabs,
    with_hold_reasons,
)
from discussion.moderation.inspect_view import CommentInspectView


class CommentIndexView(IndexView):
    """Comments, newest first, each with the actions that its state allows."""

    page_title = _("Discussion")  # Wagtail's own "comments" are something else

    @property
    def columns(self) -> list[Column]:
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="comment"), *super().columns]

    def get_base_queryset(self) -> QuerySet[Comment]:
        return with_hold_reasons(Comment.objects.select_related("user", "page"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        queue = self.request.GET.get("queue", "")
        return super().get_context_data(**kwargs) | {"tabs": queue_tabs(queue if queue in QUEUES else "")}

    def _get_title_column(self, field_name: str, **kwargs: Any) -> Column:
        # The checkbox names the comment by this id.
        column = super()._get_title_column(
            field_name, get_title_id=lambda comment: f"comment_{comment.pk}_title", **kwargs
        )
        column.label = _("Comment")
        return column

    def get_list_more_buttons(self, instance: Comment) -> list[Any]:
        query = urlencode({"id": instance.pk, "next": self.request.get_full_path()})
        return super().get_list_more_buttons(instance) + [
            Button(
                action.display_name,
                url=f"{action.url()}?{query}",
                icon_name=action.icon,
                priority=action.action_priority,
                attrs={"data-action": action.action_type},
            )
            for action in BULK_ACTIONS
            if action.is_applicable(instance)
        ]


class CommentViewSet(ModelViewSet):
    model = Comment
    name = "discussion"
    icon = "comment"
    menu_label = _("Discussion")
    menu_order = 250
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = CommentIndexView
    inspect_view_class = CommentInspectView
    index_template_name = "discussion/admin/index.html"
    inspect_template_name = "discussion/admin/inspect.html"
    filterset_class = CommentFilterSet
    ordering = ["-submit_date", "-pk"]
    list_display = [
        "excerpt",
        Column("name", label=_("Commenter")),
        Column("page", label=_("Page")),
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("reason", label=_("Reason"), accessor=hold_reason_text),
        DateColumn("submit_date", label=_("Posted"), sort_key="submit_date"),
    ]
    search_fields = ["comment", "user_name", "user__name", "page__title"]
    search_backend_name = None
    inspect_view_enabled = True
    inspect_view_fields = ["pk"]
    copy_view_enabled = False
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("act/<id:pk>/<slug:action>/", comment_action, name="comment_action"),
        ]
