"""Approve, hold, remove and so on: each asks for confirmation, then acts on one comment or many."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.admin.views.bulk_action import BulkAction

from discussion.models import Comment
from discussion.moderation.actions import apply_action
from discussion.moderation.filters import with_hold_reasons
from discussion.moderation.forms import RemovalForm
from discussion.permissions import MODERATE_PERMISSION
from public_forms.numbers import parse_number


class ModerationAction(BulkAction):
    """One transition of discussion.models.comment_state, by the name in ``action_type``."""

    models = [Comment]
    template_name = "discussion/admin/confirm_action.html"
    button_class = "button-secondary"  # of the button on the inspect view
    done: Promise  # message with plural forms, which takes %(number)d

    @classmethod
    def url(cls) -> str:
        return reverse("wagtail_bulk_action", args=["discussion", "comment", cls.action_type])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MODERATE_PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_all_objects_in_listing_query(self, parent_id: object) -> list[str]:
        return []  # "all" would reach beyond what the filters show

    @classmethod
    def get_queryset(cls, model: type[Comment], object_ids: list[str]) -> list[Comment]:
        """Return the selected comments; an id that isn't a number selects nothing."""
        selected = Comment.objects.select_related("user", "page").filter(
            pk__in=[parse_number(object_id) for object_id in object_ids]
        )
        # Always in this order, so that two moderators never wait for each other's locks.
        return list(with_hold_reasons(selected).order_by("page", "pk"))

    def check_perm(self, comment: Comment) -> bool:
        return self.is_applicable(comment)

    @classmethod
    def is_applicable(cls, comment: Comment) -> bool:
        """Return whether ``comment``, annotated by with_hold_reasons, allows the action as it is now."""
        conditions = {
            "keep": comment.open_reports, "pin": not comment.pinned, "unpin": comment.pinned,
            "mark_as_staff": not comment.is_staff_comment, "unmark_as_staff": comment.is_staff_comment,
        }  # fmt: skip
        return comment.can(cls.action_type) and bool(conditions.get(cls.action_type, True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "action": self.display_name,
            "classes": " ".join(self.classes),
        }

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, **self.cleaned_form.cleaned_data}

    @classmethod
    def execute_action(cls, objects: list[Comment], *, user: Any = None, **kwargs: Any) -> tuple[int, int]:
        Comment.objects.lock_threads(objects)
        for comment in objects:
            apply_action(comment, cls.action_type, by=user, **kwargs)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return self.done % {"number": num_parent_objects}


def make_action(
    name: str, icon: str, label: Promise, description: Promise, *, done: Promise, **attributes: Any
) -> type[ModerationAction]:
    """Return the class that Wagtail wants for each action."""
    attributes |= {
        "action_type": name, "icon": icon, "display_name": label, "aria_label": description, "done": done,
    }  # fmt: skip
    return type(name, (ModerationAction,), attributes)


POSITIVE = {"button_class": ""}
DESTRUCTIVE = {"button_class": "no", "classes": {"serious"}}
BULK_ACTIONS = [
    make_action(
        "approve", "check", _("Approve"), _("Approve the selected comments"),
        done=ngettext_lazy("%(number)d comment approved.", "%(number)d comments approved.", "number"),
        **POSITIVE,
    ),
    make_action(
        "keep", "check", _("Dismiss reports"), _("Dismiss the reports about the selected comments"),
        done=ngettext_lazy(
            "Reports about %(number)d comment dismissed.",
            "Reports about %(number)d comments dismissed.", "number",
        ),
        **POSITIVE,
    ),
    make_action(
        # Translators: a verb, on a button: keep the comment from readers until it is reviewed.
        "hold", "time", _("Hold"), _("Hide the selected comments until a moderator has reviewed them"),
        done=ngettext_lazy("%(number)d comment held.", "%(number)d comments held.", "number"),
    ),
    make_action(
        "remove", "bin", _("Remove"), _("Remove the selected comments for breaking a house rule"),
        done=ngettext_lazy("%(number)d comment removed.", "%(number)d comments removed.", "number"),
        form_class=RemovalForm, **DESTRUCTIVE,
    ),
    make_action(
        "mark_as_spam", "warning", _("Mark as spam"), _("Mark the selected comments as spam"),
        done=ngettext_lazy(
            "%(number)d comment marked as spam.", "%(number)d comments marked as spam.", "number"
        ),
        **DESTRUCTIVE,
    ),
    make_action(
        "restore", "undo", _("Restore"), _("Show the selected comments on their pages again"),
        done=ngettext_lazy("%(number)d comment restored.", "%(number)d comments restored.", "number"),
        **POSITIVE,
    ),
    make_action(
        # Translators: a verb, on a button: show the comment above the others.
        "pin", "thumbtack", _("Pin"), _("Show the selected comments first in their discussions"),
        done=ngettext_lazy("%(number)d comment pinned.", "%(number)d comments pinned.", "number"),
    ),
    make_action(
        "unpin", "thumbtack-crossed", _("Unpin"), _("Show the selected comments in the usual order again"),
        done=ngettext_lazy("%(number)d comment unpinned.", "%(number)d comments unpinned.", "number"),
    ),
    make_action(
        "mark_as_staff", "tag", _("Mark as staff"), _("Mark the selected comments as made for this site"),
        done=ngettext_lazy(
            "%(number)d comment marked as staff.", "%(number)d comments marked as staff.", "number"
        ),
    ),
    make_action(
        "unmark_as_staff", "cross", _("Unmark as staff"),
        _("Remove the staff mark from the selected comments"),
        done=ngettext_lazy(
            "Staff mark removed from %(number)d comment.",
            "Staff mark removed from %(number)d comments.", "number",
        ),
    ),
]  # fmt: skip
for priority, action in enumerate(BULK_ACTIONS):
    action.action_priority = priority
