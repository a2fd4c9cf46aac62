"""Keep the harvesters' records in step with the published papers."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from papers.editions.models import Edition
from papers.oai.models import OAIRecord
from papers.pages import Paper


def now() -> datetime:
    """Return the current time to the second, the granularity of the datestamps."""
    return timezone.now().replace(microsecond=0)


def sync_records() -> None:
    """Bring the records up to date with the papers that readers may read.

    Called for every request, so that a paper made private in whatever way is
    not listed again. Three queries, and writes only where something changed.
    """
    current = current_versions()
    known = {row.paper_number: row for row in OAIRecord.objects.all()}
    moment = now()
    fresh = [
        OAIRecord(paper_number=number, version=version, datestamp=moment)
        for number, version in current.items()
        if number not in known
    ]
    changed = []
    for number, row in known.items():
        version = current.get(number, row.version)
        is_deleted = number not in current
        if (row.version, row.is_deleted) != (version, is_deleted):
            row.version, row.is_deleted, row.datestamp = version, is_deleted, moment
            changed.append(row)
    if fresh:
        OAIRecord.objects.bulk_create(fresh, ignore_conflicts=True)
    if changed:
        OAIRecord.objects.bulk_update(changed, ["version", "is_deleted", "datestamp"], batch_size=200)


def current_versions() -> dict[int, str]:
    """Return a string per published paper that changes whenever its record does.

    Papers of which every edition was withdrawn are left newest_numbers.
    """
    published = Paper.objects.published().order_by()
    published_papers = published.annotate(
        touched=Max("editions__state_since"), decided=Max("editions__accessibility_review__decided_at")
    ).values_list("pk", "last_published_at", "touched", "decided")
    withdrawn = set(
        Edition.objects.filter(state=Edition.State.WITHDRAWN, paper__in=published)
        .exclude(paper__editions__state=Edition.State.PUBLISHED)
        .values_list("paper_id", flat=True)
    )
    newest_numbers = dict(
        Edition.objects.public().values("paper_id").annotate(n=Max("number")).values_list("paper_id", "n")
    )
    return {
        number: ".".join([*map(format_moment, moments), str(newest_numbers.get(number, 0))])
        for number, *moments in published_papers
        if number not in withdrawn
    }


def format_moment(moment: datetime | None) -> str:
    return f"{moment:%Y%m%d%H%M%S%f}" if moment else "-"
