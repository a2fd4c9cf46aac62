"""One comment in the Wagtail admin: the thread around it, details, history and all actions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import InspectView
from wagtail.log_actions import registry

from discussion.models import Appeal, Ban, Comment, DiscussionSettings
from discussion.moderation.bulk_actions import BULK_ACTIONS
from discussion.moderation.filters import with_hold_reasons
from discussion.moderation.forms import AppealDecisionForm, BanForm, NoteForm
from public_forms.numbers import parse_number

MAX_BEFORE, MAX_AFTER = 6, 10  # comments of the thread shown before and after this one
MAX_LOG_ENTRIES = 50


class CommentInspectView(InspectView):
    """A comment in its thread. The commenter's address is shown here and nowhere else."""

    page_title = _("Comment by")

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_object(self, queryset: Any = None) -> Comment:
        comments = with_hold_reasons(Comment.objects.select_related("user", "page"))
        return get_object_or_404(comments, pk=parse_number(str(self.pk)))

    @cached_property
    def surrounding_comments(self) -> list[Comment]:
        """Return the thread's root, the parents and the neighbors, oldest first; three queries."""
        comment = self.object
        thread = Comment.objects.with_authors().filter(thread_id=comment.thread_id)
        above = thread.filter(pk__in=[comment.thread_id, comment.parent_id, comment.reply_to_id or 0])
        earlier = thread.filter(pk__lt=comment.pk).order_by("-pk")[:MAX_BEFORE]
        later = thread.filter(pk__gt=comment.pk).order_by("pk")[:MAX_AFTER]
        by_pk = {one.pk: one for one in [*above, *earlier, comment, *later]}
        return [by_pk[pk] for pk in sorted(by_pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comment = self.object
        rules = DiscussionSettings.for_page(comment.page)
        log = registry.get_logs_for_instance(comment).select_related("user")[:MAX_LOG_ENTRIES]
        return super().get_context_data(**kwargs) | {
            "comment": comment,
            "root": Comment.objects.filter(pk=comment.thread_id).first(),
            "discussion_page": comment.page.specific,
            "surrounding_comments": self.surrounding_comments,
            "rule": rules.rule_title(comment.rule),
            "actions": self.actions,
            "reports": [
                (report, rules.rule_title(report.rule)) for report in comment.reports.select_related("by")
            ],
            "appeal": Appeal.objects.filter(comment=comment).first(),
            "notes": comment.notes.select_related("by"),
            "bans": Ban.objects.against_author(comment).select_related("by"),
            "log": [(entry, rules.rule_title(entry.data.get("rule"))) for entry in log],
            "note_form": NoteForm(),
            "appeal_form": AppealDecisionForm(rules=rules, auto_id="answer_%s"),
            "ban_form": BanForm(),
        }

    @property
    def actions(self) -> list[dict[str, object]]:
        query = urlencode({"id": self.object.pk, "next": self.request.get_full_path()})
        return [
            # A template would call a class, so it is given none.
            {
                "name": action.action_type,
                "label": action.display_name,
                "button_class": action.button_class,
                "url": f"{action.url()}?{query}",
            }
            for action in BULK_ACTIONS
            if action.is_applicable(self.object)
        ]
