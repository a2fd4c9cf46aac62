"""Approve, hold, restore, remove, spam: each asks once more, then is done by POST to one comment or many."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction

from discussion.models import Comment
from discussion.moderation.actions import act
from discussion.moderation.filters import with_reasons
from discussion.moderation.forms import RuleForm
from discussion.threads.locations import parse_id

MAY = "discussion.moderate_comment"


class Deed(BulkAction):
    """One deed of discussion.models.deeds, by the name in ``action_type``."""

    models = [Comment]
    template_name = "discussion/desk/confirm.html"
    button = "button-secondary"  # how it looks beside the others on a comment's sheet

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
        numbers = [parse_id(one) for one in object_ids]
        # Always in this order, so that two moderators never wait for each other's stamps.
        chosen = Comment.objects.select_related("user", "page").filter(pk__in=numbers)
        return list(with_reasons(chosen).order_by("page", "pk"))

    def check_perm(self, comment: Comment) -> bool:
        return self.fits(comment)

    @classmethod
    def fits(cls, comment: Comment) -> bool:
        """Say whether the deed makes sense for ``comment``, told its reasons, as it is now."""
        sense = {
            "keep": comment.open_reports, "pin": not comment.pinned, "unpin": comment.pinned,
            "mark_as_staff": not comment.is_staff_comment, "unmark_as_staff": comment.is_staff_comment,
        }  # fmt: skip
        return comment.can(cls.action_type) and bool(sense.get(cls.action_type, True))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "deed": self.display_name,
            "classes": " ".join(self.classes),
        }

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, **self.cleaned_form.cleaned_data}

    @classmethod
    def execute_action(cls, objects: list[Comment], *, user: Any = None, **more: Any) -> tuple[int, int]:
        Comment.objects.lock_threads(objects)
        for comment in objects:
            act(comment, cls.action_type, by=user, **more)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        number = num_parent_objects
        return ngettext("%(number)d comment changed.", "%(number)d comments changed.", number) % {
            "number": number
        }


def deed(name: str, icon: str, label: Promise, told: Promise, **more: Any) -> type[Deed]:
    """Return the class that Wagtail wants to be given for each deed."""
    described = {"action_type": name, "icon": icon, "display_name": label, "aria_label": told}
    return type(name, (Deed,), described | more)


KIND, GRAVE = {"button": ""}, {"button": "no", "classes": {"serious"}}
DEEDS_AT_DESK = [
    deed("approve", "check", _("Approve"), _("Approve the selected comments"), **KIND),
    deed(
        "keep", "check", _("Leave it"), _("Leave the selected comments as they are, whatever was reported"),
        **KIND,
    ),
    deed(
        "hold", "time", _("Hold"),
        _("Take the selected comments from their pages until somebody has looked at them"),
    ),
    deed(
        "remove", "bin", _("Remove"), _("Remove the selected comments for breaking a house rule"),
        form_class=RuleForm, **GRAVE,
    ),
    deed("mark_as_spam", "warning", _("Spam"), _("Mark the selected comments as spam"), **GRAVE),
    deed("restore", "undo", _("Restore"), _("Put the selected comments back on their pages"), **KIND),
    deed("pin", "thumbtack", _("Pin"), _("Put the selected comments first in their discussions")),
    deed("unpin", "thumbtack-crossed", _("Unpin"), _("Let the selected comments stand in their order again")),
    deed(
        "mark_as_staff", "tag", _("Mark as staff"),
        _("Let readers see that the selected comments are said for the site"),
    ),
    deed(
        "unmark_as_staff", "cross", _("Unmark as staff"),
        _("Take the mark of staff from the selected comments"),
    ),
]  # fmt: skip
for place, kind in enumerate(DEEDS_AT_DESK):
    kind.action_priority = place
