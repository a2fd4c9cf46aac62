"""What papers export and erase for a member: their requests for formats and copies."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.privacy import registry
from papers.models import CopyRequest, FormatRequest


def made_by(user: User) -> Q:
    """Return the condition for requests made, without an account, from a member's verified addresses."""
    emails = user.verified_emails
    return Q(pk__in=[]) if not emails else Q.create([Q(email__iexact=email) for email in emails], Q.OR)


@registry.exporter("requests about papers")
def export_requests(user: User) -> dict[str, list[dict[str, Any]]]:
    formats = FormatRequest.objects.filter(made_by(user)).select_related("edition__paper")
    copies = CopyRequest.objects.filter(made_by(user)).select_related("edition__paper")
    return {
        "accessible formats": [
            {**describe(one), "reference": one.reference, "need": one.need, "answer": one.answer}
            for one in formats
        ],
        "copies": [{**describe(one), "what for": one.purpose} for one in copies],
    }


def describe(request: FormatRequest | CopyRequest) -> dict[str, Any]:
    return {
        "paper": request.edition.paper.title,
        "edition": request.edition.number,
        "name": request.name,
        "e-mail": request.email,
        "requested at": request.requested_at,
        "state": request.state,
    }


@registry.eraser()
def erase(user: User) -> None:
    """Delete the member's requests, answered or not; links to copies end with them."""
    for model in (FormatRequest, CopyRequest):
        model.objects.filter(made_by(user)).delete()
