"""What the papers hold about a member: given to them, and forgotten for them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.privacy import registry
from papers.models import CopyRequest, FormatRequest


def asked_by(user: User) -> Q:
    """Return what finds requests from a member's proven addresses: they are made without an account."""
    proven = user.proven_addresses
    return Q(pk__in=[]) if not proven else Q.create([Q(email__iexact=email) for email in proven], Q.OR)


@registry.export_part("requests about papers")
def everything_asked_for(user: User) -> dict[str, list[dict[str, Any]]]:
    formats = FormatRequest.objects.filter(asked_by(user)).select_related("edition__paper")
    copies = CopyRequest.objects.filter(asked_by(user)).select_related("edition__paper")
    return {
        "accessible formats": [
            {**told(one), "reference": one.reference, "need": one.need, "answer": one.answer}
            for one in formats
        ],
        "copies": [{**told(one), "what for": one.purpose} for one in copies],
    }


def told(one: FormatRequest | CopyRequest) -> dict[str, Any]:
    return {
        "paper": one.edition.paper.title,
        "edition": one.edition.number,
        "name": one.name,
        "e-mail": one.email,
        "asked at": one.requested_at.isoformat(),
        "state": one.state,
    }


@registry.erasure_step()
def forget(user: User) -> None:
    """Delete what a member asked for, answered or not; links to copies end with it."""
    for model in (FormatRequest, CopyRequest):
        model.objects.filter(asked_by(user)).delete()
