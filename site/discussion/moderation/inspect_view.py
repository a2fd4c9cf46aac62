"""One comment on the desk: the thread around it, what is known of it, and everything that can be done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import InspectView
from wagtail.log_actions import registry

from discussion.models import Appeal, Ban, Comment, DiscussionSettings
from discussion.moderation.bulk_actions import DEEDS_AT_DESK
from discussion.moderation.filters import with_reasons
from discussion.moderation.forms import AnswerForm, BanForm, NoteForm
from discussion.threads.locations import parse_id

BEFORE, AFTER = 6, 10  # neighbors in the thread, by time


class Sheet(InspectView):
    """A comment in its thread. The writer's address is shown here and nowhere else."""

    page_title = _("Comment by")

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_object(self, queryset: Any = None) -> Comment:
        told = with_reasons(Comment.objects.select_related("user", "page"))
        return get_object_or_404(told, pk=parse_id(str(self.pk)))

    @cached_property
    def around(self) -> list[Comment]:
        """Return what it answers, its thread's top and its neighbors, in the order of time; three queries."""
        comment = self.object
        thread = Comment.objects.with_authors().filter(thread_id=comment.thread_id)
        above = thread.filter(pk__in=[comment.thread_id, comment.parent_id, comment.reply_to_id or 0])
        earlier = thread.filter(pk__lt=comment.pk).order_by("-pk")[:BEFORE]
        later = thread.filter(pk__gt=comment.pk).order_by("pk")[:AFTER]
        found = {one.pk: one for one in [*above, *earlier, comment, *later]}
        return [found[pk] for pk in sorted(found)]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        comment = self.object
        asked = urlencode({"id": comment.pk, "next": self.request.get_full_path()})
        rules = DiscussionSettings.for_page(comment.page)
        log = registry.get_logs_for_instance(comment).select_related("user")[:50]
        return super().get_context_data(**context) | {
            "comment": comment,
            "top": Comment.objects.filter(Q(pk=comment.thread_id)).first(),
            "talk_page": comment.page.specific,
            "around": self.around,
            "rule": rules.rule_title(comment.rule),
            "deeds": [
                # A template would call a class, so it is given none.
                {
                    "name": deed.action_type,
                    "label": deed.display_name,
                    "button": deed.button,
                    "at": f"{deed.address()}?{asked}",
                }
                for deed in DEEDS_AT_DESK
                if deed.fits(comment)
            ],
            "reports": [
                (report, rules.rule_title(report.rule)) for report in comment.reports.select_related("by")
            ],
            "appeal": Appeal.objects.filter(comment=comment).first(),
            "notes": comment.notes.select_related("by"),
            "bans": Ban.objects.against_author(comment).select_related("by"),
            "log": [(entry, rules.rule_title(entry.data.get("rule"))) for entry in log],
            "note_form": NoteForm(),
            "answer_form": AnswerForm(rules=rules, auto_id="answer_%s"),
            "ban_form": BanForm(),
        }
