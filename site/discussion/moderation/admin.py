"""The moderators' desk in the Wagtail admin: what was said, and the deeds to be done to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from discussion.models import Comment
from discussion.moderation.bulk_actions import DEEDS_AT_DESK, MAY
from discussion.moderation.comment_actions import act_on
from discussion.moderation.filters import QUEUES, Filters, tabs, why, with_reasons
from discussion.moderation.inspect_view import Sheet


class Moderation(ModelPermissionPolicy):
    """Whoever may moderate may do these ``actions`` at the desk; nobody, of whatever rank, does others."""

    def __init__(self, model: type[Model], *actions: str) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in self.actions and user.has_perm(MAY)

    def user_has_any_permission(self, user: User, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet:
        able = ModelPermissionPolicy(Comment).users_with_any_permission(["moderate"])
        return able if set(actions) & set(self.actions) else able.none()


class Listing(IndexView):
    """Comments, newest first, each with the deeds that its state allows."""

    page_title = _("Discussion")  # Wagtail's own "comments" are something else

    @property
    def columns(self) -> list[Column]:
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="comment"), *super().columns]

    def get_base_queryset(self) -> QuerySet[Comment]:
        return with_reasons(Comment.objects.select_related("user", "page"))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        asked = self.request.GET.get("queue", "")
        return super().get_context_data(**context) | {"tabs": tabs(asked if asked in QUEUES else "")}

    def _get_title_column(self, field_name: str, **options: Any) -> Column:
        # The checkbox names the comment by this id.
        return super()._get_title_column(
            field_name, get_title_id=lambda comment: f"comment_{comment.pk}_title", **options
        )

    def get_list_more_buttons(self, instance: Comment) -> list[Any]:
        asked = urlencode({"id": instance.pk, "next": self.request.get_full_path()})
        return super().get_list_more_buttons(instance) + [
            Button(
                deed.display_name,
                url=f"{deed.address()}?{asked}",
                icon_name=deed.icon,
                priority=deed.action_priority,
                attrs={"data-deed": deed.action_type},
            )
            for deed in DEEDS_AT_DESK
            if deed.fits(instance)
        ]


class Desk(ModelViewSet):
    model = Comment
    name = "discussion"
    icon = "comment"
    menu_label = _("Discussion")
    menu_order = 250
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = Listing
    inspect_view_class = Sheet
    index_template_name = "discussion/desk/list.html"
    inspect_template_name = "discussion/desk/sheet.html"
    filterset_class = Filters
    ordering = ["-submit_date", "-pk"]
    list_display = [
        "excerpt",
        Column("name", label=_("Writer")),
        Column("page", label=_("Page")),
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("why", label=_("Why"), accessor=why),
        DateColumn("submit_date", label=_("Said"), sort_key="submit_date"),
    ]
    search_fields = ["comment", "user_name", "user__name", "page__title"]
    search_backend_name = None
    inspect_view_enabled = True
    inspect_view_fields = ["pk"]
    copy_view_enabled = False
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("act/<int:pk>/<slug:what>/", act_on, name="act")]
