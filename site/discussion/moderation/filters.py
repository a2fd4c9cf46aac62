"""What lies on the moderators' desk, and how they look for it."""

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
AGES = {"day": 1, "week": 7, "month": 30}


def condition(queue: str) -> Q:
    """Return which comments lie in ``queue``; an appeal waits like a comment."""
    reported = Q(pk__in=Report.objects.open().order_by().values("comment"))
    appealed = Q(pk__in=Appeal.objects.open().values("comment"), state=State.REMOVED)
    return {
        "waiting": Q(state=State.WAITING) | appealed,
        "reported": reported,
        "held": Q(state=State.WAITING) & ~Q(hold_reason=""),
    }.get(queue, Q())


def tabs(current: str) -> list[dict[str, Any]]:
    """Return the queues as tabs, with how much lies in each; one query."""
    counts = {queue: Count("pk", filter=condition(queue)) for queue in QUEUES if queue}
    numbers = Comment.objects.order_by().aggregate(**counts)
    return [
        {"queue": queue, "label": label, "number": numbers.get(queue), "is_current": queue == current}
        for queue, label in QUEUES.items()
    ]


def with_reasons(found: CommentQuerySet) -> CommentQuerySet:
    """Tell each comment its open reports and whether its writer appeals."""
    reports = Count("reports", filter=Q(reports__resolved_at=None), distinct=True)
    appeals = Appeal.objects.open().filter(comment=OuterRef("pk"))
    return found.annotate(open_reports=reports, is_appealed=Exists(appeals))


def on_the_desk() -> Q:
    """Return which comments still want a moderator's word."""
    return condition("waiting") | condition("reported")


def why(comment: Comment) -> str:
    """Return why a comment, told its reasons, lies on the desk, in few words."""
    held = gettext("held by a moderator") if comment.state == State.WAITING else ""
    reasons = [comment.get_hold_reason_display() or held] if comment.hold_reason or held else []
    if comment.open_reports:
        number = comment.open_reports
        reasons.append(ngettext("%(n)d report", "%(n)d reports", number) % {"n": number})
    if comment.is_appealed:
        reasons.append(gettext("appeal"))
    return ", ".join(str(reason) for reason in reasons)


def talked_about(request: HttpRequest) -> QuerySet[Page]:
    return Page.objects.filter(pk__in=Comment.objects.order_by().values("page")).order_by("title")


class Filters(WagtailFilterSet):
    queue = django_filters.ChoiceFilter(
        label=_("Queue"), method="in_queue",
        choices=[(queue, label) for queue, label in QUEUES.items() if queue],
    )  # fmt: skip
    state = django_filters.ChoiceFilter(label=_("State"), choices=Comment.State.choices)
    page = django_filters.ModelChoiceFilter(label=_("Page"), queryset=talked_about)
    person = django_filters.CharFilter(label=_("Name, or whole address"), method="by_person")
    age = django_filters.ChoiceFilter(
        label=_("Age"), method="of_age",
        choices=[("day", _("the last day")), ("week", _("the last 7 days")),
                 ("month", _("the last 30 days")), ("older", _("older than that"))],
    )  # fmt: skip

    class Meta:
        model = Comment
        fields = ["queue", "state", "page", "person", "age"]

    def in_queue(self, found: CommentQuerySet, name: str, queue: str) -> CommentQuerySet:
        return found.filter(condition(queue))

    def by_person(self, found: CommentQuerySet, name: str, words: str) -> CommentQuerySet:
        named = Q(user__name__icontains=words) | Q(user=None, user_name__icontains=words)
        return found.filter(named | Q(user__email__iexact=words) | Q(user=None, user_email__iexact=words))

    def of_age(self, found: CommentQuerySet, name: str, age: str) -> CommentQuerySet:
        since = timezone.now() - timedelta(days=AGES.get(age, 30))
        return found.filter(submit_date__lt=since) if age == "older" else found.filter(submit_date__gte=since)
