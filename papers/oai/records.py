"""Which papers an answer tells of, and how each is named."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from papers.oai.models import Harvested
from papers.oai.request import SECOND, Asked, Wrong, token
from papers.pages import Paper
from publishing.models import Topic
from publishing.models.published import for_listing

AT_A_TIME = 50


def identifier(number: int) -> str:
    return f"oai:{settings.HOST}:papers/{number}"


def number_in(written: str) -> int:
    """Return the number in an identifier of ours. Raises Wrong."""
    found = re.fullmatch(re.escape(f"oai:{settings.HOST}:papers/") + r"([0-9]{1,18})", written)
    if found is None:
        raise Wrong("idDoesNotExist", "There is no such paper here.")
    return int(found.group(1))


def one(written: str) -> Harvested:
    row = Harvested.objects.filter(paper_number=number_in(written)).first()
    if row is None:
        raise Wrong("idDoesNotExist", "There is no such paper here.")
    return row


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(SECOND)


def part(asked: Asked) -> tuple[list[Harvested], str | None, int]:
    """Return some rows, the token for those after them, and how many there are in all.

    The token is None where all fit into one answer, and empty in the last part
    of several. Whatever changes meanwhile moves to the end, so nothing is missed.
    """
    found = matching(asked)
    total = found.count()
    rest = found
    if asked.after:
        last = datetime.strptime(asked.after[0], SECOND).replace(tzinfo=UTC)
        rest = found.filter(Q(datestamp__gt=last) | Q(datestamp=last, paper_number__gt=asked.after[1]))
    rows = list(rest.in_order()[: AT_A_TIME + 1])
    if not rows:
        raise Wrong("noRecordsMatch", "No paper answers to that.")
    if len(rows) <= AT_A_TIME:
        return rows, "" if asked.after else None, max(total, asked.told + len(rows))
    rows = rows[:AT_A_TIME]
    after = (stamp(rows[-1].datestamp), rows[-1].paper_number)
    return rows, token(asked, after=after, told=asked.told + len(rows)), total


def matching(asked: Asked) -> Any:
    found = Harvested.objects.all()
    if asked.since:
        found = found.filter(datestamp__gte=asked.since)
    if asked.until:
        found = found.filter(datestamp__lte=asked.until)
    if asked.topic == "papers":
        found = found.filter(is_deleted=False)
    elif asked.topic:
        kind, _colon, slug = asked.topic.partition(":")
        about = Paper.objects.published().order_by().filter(topic_links__topic__slug=slug)
        found = found.filter(paper_number__in=about.values("pk")) if kind == "topic" else found.none()
    return found


def papers_of(rows: list[Harvested]) -> dict[int, Any]:
    """Return the papers behind ``rows`` that may be told of; a fixed number of queries."""
    keys = [row.paper_number for row in rows if not row.is_deleted]
    return {paper.pk: paper for paper in for_listing(Paper.objects.published().filter(pk__in=keys))}


def sets() -> list[Topic]:
    published = Paper.objects.published().order_by()
    return list(Topic.objects.filter(page_links__page__in=published.values("page_ptr")).distinct())
