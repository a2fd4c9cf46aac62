"""Readers' requests for a copy or another format, as they send them."""

from __future__ import annotations

from django.urls import reverse

from mail.models import QueuedEmail
from papers.models import CopyRequest, Edition, FormatRequest
from papers.reader_requests import actions
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition, make_editor

ADA = {"name": "Ada Plover", "email": "ada@example.net", "purpose": "For our committee."}
FIELDS = {"name": "Joan Marsh", "email": "joan@example.org", "need": "Large print, please.", "honeypot": ""}


def ask_for_copy(client, edition, **headers):
    return client.post(reverse("request_copy", args=[edition.paper_id]), ADA, headers=headers)


def granted(client, edition) -> str:
    ask_for_copy(client, edition)
    actions.resolve_copy_request(CopyRequest.objects.get(), granted=True, user=make_editor())
    return link_to("ada@example.net")


def link_to(address: str) -> str:
    email = QueuedEmail.objects.get(to=address)
    return next(line for line in email.text.splitlines() if "/papers/copies/" in line).partition(":8000")[2]


def make_closed(**fields) -> Edition:
    return make_edition(make_paper(title="Shared buses", files_on_request=True, **fields))


def ask_for_format(client, paper, *, headers=None, **fields):
    return client.post(format_address(paper), {**FIELDS, **fields}, headers=headers or {})


def format_address(paper):
    return reverse("request_format", args=[paper.pk])


def make_request(edition=None, **fields):
    return FormatRequest.objects.create(edition=edition or make_edition(), **{
        **{name: FIELDS[name] for name in ("name", "email", "need")}, **fields
    })  # fmt: skip
