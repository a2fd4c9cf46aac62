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

from accounts.models import User
from discussion.models import Ban, Comment
from discussion.moderation import statistics
from discussion.moderation.admin import Desk, Moderation
from discussion.moderation.ban_admin import BansDesk
from discussion.moderation.bulk_actions import DEEDS_AT_DESK, MAY
from discussion.notifications.preferences import NotificationPreferencesPanel

register_permission_policy(Comment, Moderation(Comment, "view"), exact_class=True)
register_permission_policy(Ban, Moderation(Ban, "view", "add", "delete"), exact_class=True)

for deed in DEEDS_AT_DESK:
    hooks.register("register_bulk_action", deed)


@hooks.register("register_admin_viewset")
def desks() -> list[ModelViewSet]:
    return [Desk(), BansDesk()]


@hooks.register("register_admin_urls")
def doors_of_the_report() -> list[URLPattern]:
    return [path("reports/discussion/", statistics.acts, name="discussion_report")]


@hooks.register("register_reports_menu_item")
def report_in_the_menu() -> MenuItem:
    return ReportItem(_("Moderation"), reverse("discussion_report"), icon_name="comment", order=650)


class ReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY)


@hooks.register("register_account_settings_panel")
def wishes(request: HttpRequest, user: User, profile: object) -> NotificationPreferencesPanel:
    return NotificationPreferencesPanel(request, user, profile)


@hooks.register("register_log_actions")
def deeds_in_the_log(actions: LogActionRegistry) -> None:
    for name, label, message in [
        ("approve", _("Approve comment"), _("Comment approved")),
        ("hold", _("Hold comment"), _("Comment held")),
        ("remove", _("Remove comment"), _("Comment removed")),
        ("mark_as_spam", _("Mark comment as spam"), _("Comment marked as spam")),
        ("restore", _("Restore comment"), _("Comment restored")),
        ("keep", _("Leave comment as it is"), _("Comment left as it is")),
        ("pin", _("Pin comment"), _("Comment pinned")),
        ("unpin", _("Unpin comment"), _("Comment no longer pinned")),
        ("mark_as_staff", _("Mark comment as staff"), _("Comment marked as staff")),
        ("unmark_as_staff", _("Unmark comment as staff"), _("Comment no longer marked as staff")),
        ("uphold", _("Uphold a removal"), _("Removal upheld after an appeal")),
        ("note", _("Add a moderators' note"), _("Moderators' note added")),
        ("ban", _("Ban a writer"), _("Writer banned")),
        ("unban", _("Lift a ban"), _("Ban lifted")),
        ("lock", _("Lock a thread"), _("Thread locked")),
        ("unlock", _("Unlock a thread"), _("Thread unlocked")),
        ("close", _("Close a discussion"), _("Discussion closed")),
        ("open", _("Open a discussion"), _("Discussion opened")),
    ]:
        actions.register_action(f"discussion.{name}", label, message)
