"""The queues and filters of the moderation queue, and why a comment needs review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page

from discussion.models import Appeal, Comment, CommentQuerySet, Report, State

QUEUES = {
    "waiting": _("Waiting"),
    "reported": _("Reported"),
    "held": _("Held by a rule"),
    "": _("All"),
}
DAYS_BY_AGE = {"day": 1, "week": 7, "month": 30}


def queue_filter(queue: str) -> Q:
    """Return which comments are in ``queue``, all for an unknown one; an appeal waits like a comment."""
    reported = Q(pk__in=Report.objects.open().order_by().values("comment"))
    appealed = Q(pk__in=Appeal.objects.open().values("comment"), state=State.REMOVED)
    return {
        "waiting": Q(state=State.WAITING) | appealed,
        "reported": reported,
        "held": Q(state=State.WAITING) & ~Q(hold_reason=""),
    }.get(queue, Q())


def needs_attention() -> Q:
    """Return which comments still need a moderator's decision."""
    return queue_filter("waiting") | queue_filter("reported")


def queue_tabs(current: str) -> list[dict[str, Any]]:
    """Return the queues as tabs, with the number of comments in each; one query."""
    counts = {queue: Count("pk", filter=queue_filter(queue)) for queue in QUEUES if queue}
    numbers = Comment.objects.order_by().aggregate(**counts)
    return [
        {"queue": queue, "label": label, "number": numbers.get(queue), "is_current": queue == current}
        for queue, label in QUEUES.items()
    ]


def with_hold_reasons(comments: CommentQuerySet) -> CommentQuerySet:
    """Annotate ``open_reports``, their number, and ``is_appealed``."""
    reports = Count("reports", filter=Q(reports__resolved_at=None), distinct=True)
    appeals = Appeal.objects.open().filter(comment=OuterRef("pk"))
    return comments.annotate(open_reports=reports, is_appealed=Exists(appeals))


def hold_reason_text(comment: Comment) -> str:
    """Return in a few words why a comment, annotated by with_hold_reasons, needs review; maybe empty."""
    by_moderator = gettext("held by a moderator") if comment.state == State.WAITING else ""
    held = comment.get_hold_reason_display() if comment.hold_reason else by_moderator
    reasons = [held] if held else []
    if comment.open_reports:
        number = comment.open_reports
        reasons.append(ngettext("%(n)d report", "%(n)d reports", number) % {"n": number})
    if comment.is_appealed:
        reasons.append(gettext("appeal"))
    return ", ".join(str(reason) for reason in reasons)


def pages_with_comments(request: HttpRequest) -> QuerySet[Page]:
    return Page.objects.filter(pk__in=Comment.objects.order_by().values("page")).order_by("title")


class CommentFilterSet(WagtailFilterSet):
    queue = django_filters.ChoiceFilter(
        label=_("Queue"), method="filter_queue",
        choices=[(queue, label) for queue, label in QUEUES.items() if queue],
    )  # fmt: skip
    state = django_filters.ChoiceFilter(label=_("State"), choices=Comment.State.choices)
    page = django_filters.ModelChoiceFilter(label=_("Page"), queryset=pages_with_comments)
    person = django_filters.CharFilter(label=_("Name or full e-mail address"), method="filter_person")
    age = django_filters.ChoiceFilter(
        label=_("Posted"), method="filter_age",
        choices=[("day", _("In the last 24 hours")), ("week", _("In the last 7 days")),
                 ("month", _("In the last 30 days")), ("older", _("More than 30 days ago"))],
    )  # fmt: skip

    class Meta:
        model = Comment
        fields = ["queue", "state", "page", "person", "age"]

    def filter_queue(self, comments: CommentQuerySet, name: str, queue: str) -> CommentQuerySet:
        return comments.filter(queue_filter(queue))

    def filter_person(self, comments: CommentQuerySet, name: str, value: str) -> CommentQuerySet:
        by_name = Q(user__name__icontains=value) | Q(user=None, user_name__icontains=value)
        by_address = Q(user__email__iexact=value) | Q(user=None, user_email__iexact=value)
        return comments.filter(by_name | by_address)

    def filter_age(self, comments: CommentQuerySet, name: str, age: str) -> CommentQuerySet:
        since = timezone.now() - timedelta(days=DAYS_BY_AGE.get(age, 30))
        return comments.filter(Q(submit_date__lt=since) if age == "older" else Q(submit_date__gte=since))
