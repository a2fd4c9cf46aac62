"""The discussion in the Wagtail admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from accounts.admin.permission_policy import RestrictedPermissionPolicy
from accounts.models import User
from discussion.models import Ban, Comment
from discussion.moderation import statistics
from discussion.moderation.admin import CommentViewSet
from discussion.moderation.ban_admin import BanViewSet
from discussion.moderation.bulk_actions import BULK_ACTIONS
from discussion.notifications.preferences import NotificationPreferencesPanel
from discussion.permissions import MODERATE_PERMISSION

for model, allowed_actions in ((Comment, ["view"]), (Ban, ["view", "add", "delete"])):
    policy = RestrictedPermissionPolicy(model, *allowed_actions, auth_model=Comment, required="moderate")
    register_permission_policy(model, policy, exact_class=True)

for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ModelViewSet]:
    return [CommentViewSet(), BanViewSet()]


@hooks.register("register_admin_urls")
def register_statistics_url() -> list[URLPattern]:
    return [path("reports/discussion/", statistics.statistics, name="moderation_statistics")]


@hooks.register("register_reports_menu_item")
def register_statistics_menu_item() -> MenuItem:
    return ModeratorMenuItem(
        _("Moderation"), reverse("moderation_statistics"), icon_name="comment", order=650
    )


class ModeratorMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MODERATE_PERMISSION)


@hooks.register("register_account_settings_panel")
def register_preferences_panel(
    request: HttpRequest, user: User, profile: object
) -> NotificationPreferencesPanel:
    return NotificationPreferencesPanel(request, user, profile)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for name, label, message in [
        ("approve", _("Approve comment"), _("Comment approved")),
        ("hold", _("Hold comment"), _("Comment held")),
        ("remove", _("Remove comment"), _("Comment removed")),
        ("mark_as_spam", _("Mark comment as spam"), _("Comment marked as spam")),
        ("restore", _("Restore comment"), _("Comment restored")),
        ("keep", _("Dismiss reports"), _("Reports dismissed")),
        ("pin", _("Pin comment"), _("Comment pinned")),
        ("unpin", _("Unpin comment"), _("Comment unpinned")),
        ("mark_as_staff", _("Mark comment as staff"), _("Comment marked as staff")),
        ("unmark_as_staff", _("Unmark comment as staff"), _("Staff mark removed")),
        ("uphold", _("Reject appeal"), _("Appeal rejected")),
        ("note", _("Add note"), _("Note added")),
        ("ban", _("Ban commenter"), _("Commenter banned")),
        ("unban", _("Lift ban"), _("Ban lifted")),
        ("lock", _("Lock thread"), _("Thread locked")),
        ("unlock", _("Unlock thread"), _("Thread unlocked")),
        ("close", _("Close discussion"), _("Discussion closed")),
        ("open", _("Open discussion"), _("Discussion opened")),
    ]:
        actions.register_action(f"discussion.{name}", label, message)
