"""Select the records of a response, and name them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from papers.oai.models import OAIRecord, OAIRecordQuerySet
from papers.oai.request import SECOND, OAIError, OAIRequest, make_token
from papers.pages import Paper
from publishing.models import Topic
from publishing.models.published import for_listing

PAGE_SIZE = 50


def identifier(number: int) -> str:
    return f"oai:{settings.HOST}:papers/{number}"


def parse_identifier(text: str) -> int:
    """Return the number in an identifier of ours. Raises OAIError."""
    match = re.fullmatch(re.escape(f"oai:{settings.HOST}:papers/") + r"([0-9]{1,18})", text)
    if match is None:
        raise OAIError("idDoesNotExist", "There is no record with this identifier.")
    return int(match.group(1))


def get_record(text: str) -> OAIRecord:
    row = OAIRecord.objects.filter(paper_number=parse_identifier(text)).first()
    if row is None:
        raise OAIError("idDoesNotExist", "There is no record with this identifier.")
    return row


def format_datestamp(datestamp: datetime) -> str:
    return datestamp.astimezone(UTC).strftime(SECOND)


def get_page(oai_request: OAIRequest) -> tuple[list[OAIRecord], str | None, int]:
    """Return up to PAGE_SIZE rows, the token for those after them, and how many there are in all.

    The token is None where all fit into one response, and empty in the last of
    several. What changes meanwhile moves to the end, so nothing is missed.
    """
    matches = filter_records(oai_request)
    total = matches.count()
    rest = matches
    if oai_request.after:
        datestamp, number = oai_request.after
        last = datetime.strptime(datestamp, SECOND).replace(tzinfo=UTC)
        rest = matches.filter(Q(datestamp__gt=last) | Q(datestamp=last, paper_number__gt=number))
    rows = list(rest.in_order()[: PAGE_SIZE + 1])
    if not rows:
        raise OAIError("noRecordsMatch", "No records match the request.")
    if len(rows) <= PAGE_SIZE:
        return rows, "" if oai_request.after else None, max(total, oai_request.delivered + len(rows))
    rows = rows[:PAGE_SIZE]
    after = (format_datestamp(rows[-1].datestamp), rows[-1].paper_number)
    return rows, make_token(oai_request, after=after, delivered=oai_request.delivered + len(rows)), total


def filter_records(oai_request: OAIRequest) -> OAIRecordQuerySet:
    matches = OAIRecord.objects.all()
    if oai_request.since:
        matches = matches.filter(datestamp__gte=oai_request.since)
    if oai_request.until:
        matches = matches.filter(datestamp__lte=oai_request.until)
    if oai_request.topic == "papers":
        matches = matches.filter(is_deleted=False)
    elif oai_request.topic:
        kind, _colon, slug = oai_request.topic.partition(":")
        about = Paper.objects.published().order_by().filter(topic_links__topic__slug=slug)
        matches = matches.filter(paper_number__in=about.values("pk")) if kind == "topic" else matches.none()
    return matches


def papers_for(rows: list[OAIRecord]) -> dict[int, Any]:
    """Return the published papers of ``rows`` by key, in a fixed number of queries."""
    keys = [row.paper_number for row in rows if not row.is_deleted]
    return {paper.pk: paper for paper in for_listing(Paper.objects.published().filter(pk__in=keys))}


def sets() -> list[Topic]:
    published = Paper.objects.published().order_by()
    return list(Topic.objects.filter(page_links__page__in=published.values("page_ptr")).distinct())
