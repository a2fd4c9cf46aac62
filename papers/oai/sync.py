"""Noticing what changed since harvesters were last told."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from papers.editions.models import Edition
from papers.oai.models import Harvested
from papers.pages import Paper


def now() -> datetime:
    """Return the moment, to the second, which is as fine as the protocol's dates are here."""
    return timezone.now().replace(microsecond=0)


def catch_up() -> None:
    """Bring the table of what harvesters are told up to what readers may read.

    Asked at every request, so that a paper made private by whatever way is
    never told of again; three queries, and a write only where something changed.
    """
    current = versions()
    known = {row.paper_number: row for row in Harvested.objects.all()}
    moment = now()
    fresh = [
        Harvested(paper_number=number, version=version, datestamp=moment)
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
        Harvested.objects.bulk_create(fresh, ignore_conflicts=True)
    if changed:
        Harvested.objects.bulk_update(changed, ["version", "is_deleted", "datestamp"], batch_size=200)


def versions() -> dict[int, str]:
    """Return what a record would change with, for each paper that may be told of.

    A paper of which every edition was withdrawn is one no more.
    """
    published = Paper.objects.published().order_by()
    told = published.annotate(
        touched=Max("editions__state_since"), decided=Max("editions__accessibility_review__decided_at")
    ).values_list("pk", "last_published_at", "touched", "decided")
    withdrawn = set(
        Edition.objects.filter(state=Edition.State.WITHDRAWN, paper__in=published)
        .exclude(paper__editions__state=Edition.State.PUBLISHED)
        .values_list("paper_id", flat=True)
    )
    out = dict(
        Edition.objects.public().values("paper_id").annotate(n=Max("number")).values_list("paper_id", "n")
    )
    return {
        number: ".".join([*map(seconds, moments), str(out.get(number, 0))])
        for number, *moments in told
        if number not in withdrawn
    }


def seconds(moment: datetime | None) -> str:
    return f"{moment:%Y%m%d%H%M%S%f}" if moment else "-"
