"""Approve, hold, restore, remove, spam: each asks once more, then is done by POST to one comment or many."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction

from discussion.models import Comment
from discussion.moderating import act
from discussion.moderators_forms import RuleForm

MAY = "discussion.moderate_comment"


class Deed(BulkAction):
    """One deed of discussion.models.deeds, by the name in ``action_type``."""

    models = [Comment]
    template_name = "discussion/desk/confirm.html"
    icon = "check"

    @classmethod
    def address(cls) -> str:
        return reverse("wagtail_bulk_action", args=["discussion", "comment", cls.action_type])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_all_objects_in_listing_query(self, parent_id: object) -> list[str]:
        return []  # "all" would reach beyond what the filters show

    @classmethod
    def get_queryset(cls, model: type[Comment], object_ids: list[str]) -> list[Comment]:
        """Return what was chosen; anything that is no number was not chosen from the list."""
        numbers = [int(one) for one in object_ids if one.isascii() and one.isdecimal() and len(one) < 10]
        # Always in this order, so that two moderators never wait for each other's stamps.
        return list(
            Comment.objects.select_related("user", "page").filter(pk__in=numbers).order_by("page", "pk")
        )

    def check_perm(self, comment: Comment) -> bool:
        return self.fits(comment)

    @classmethod
    def fits(cls, comment: Comment) -> bool:
        """Say whether the deed makes sense for ``comment`` as it is now."""
        return comment.can(cls.action_type)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "deed": self.display_name,
            "classes": " ".join(self.classes),
        }

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, **self.cleaned_form.cleaned_data}

    @classmethod
    def execute_action(cls, objects: list[Comment], *, user: Any = None, **more: Any) -> tuple[int, int]:
        Comment.objects.hold_threads(objects)
        for comment in objects:
            act(comment, cls.action_type, by=user, **more)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        number = num_parent_objects
        return ngettext("%(number)d comment changed.", "%(number)d comments changed.", number) % {
            "number": number
        }


class Approve(Deed):
    display_name = _("Approve")
    aria_label = _("Approve the selected comments")
    action_type = "approve"
    action_priority = 10


class Hold(Deed):
    display_name = _("Hold")
    aria_label = _("Take the selected comments from their pages until somebody has looked at them")
    action_type = "hold"
    action_priority = 20
    icon = "time"


class Remove(Deed):
    display_name = _("Remove")
    aria_label = _("Remove the selected comments for breaking a house rule")
    action_type = "remove"
    action_priority = 30
    form_class = RuleForm
    classes = {"serious"}
    icon = "bin"


class MarkAsSpam(Deed):
    display_name = _("Spam")
    aria_label = _("Mark the selected comments as spam")
    action_type = "mark_as_spam"
    action_priority = 40
    classes = {"serious"}
    icon = "warning"


class Restore(Deed):
    display_name = _("Restore")
    aria_label = _("Put the selected comments back on their pages")
    action_type = "restore"
    action_priority = 50
    icon = "undo"


class Pin(Deed):
    display_name = _("Pin")
    aria_label = _("Put the selected comments first in their discussions")
    action_type = "pin"
    action_priority = 60
    icon = "thumbtack"

    @classmethod
    def fits(cls, comment: Comment) -> bool:
        return super().fits(comment) and not comment.pinned


class Unpin(Deed):
    display_name = _("Unpin")
    aria_label = _("Let the selected comments stand in their order again")
    action_type = "unpin"
    action_priority = 70
    icon = "thumbtack-crossed"

    @classmethod
    def fits(cls, comment: Comment) -> bool:
        return super().fits(comment) and comment.pinned


DEEDS_AT_DESK = [Approve, Hold, Remove, MarkAsSpam, Restore, Pin, Unpin]
