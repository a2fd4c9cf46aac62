"""Which edition an address means, and the answer for a reader who may not have it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Protocol

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse

from papers.editions.models import Edition


class HasEditions(Protocol):
    @property
    def visible_editions(self) -> list[Edition]: ...


def find(paper: HasEditions, number: int | None = None) -> Edition | None:
    """Return the published or withdrawn edition with this number; without a number the newest.

    The newest is one whose file readers can have now; if there is none, the
    newest they know of.
    """
    editions = paper.visible_editions
    if number is not None:
        return next((edition for edition in editions if edition.number == number), None)
    available = [edition for edition in editions if edition.is_available]
    return next(iter(available or editions), None)


def deny(request: HttpRequest, edition: Edition | None) -> HttpResponse | None:
    """Return the response for a reader who may not have ``edition``; None for one who may.

    405 for other methods than GET and HEAD, 410 for a withdrawn edition, 403
    under embargo or where files are given on request. Raises Http404 for
    None, for a draft, and where the reader may not see the paper.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if edition is None or edition.is_draft:
        raise Http404
    context = {"page": edition.paper, "edition": edition}
    if edition.is_withdrawn:
        return TemplateResponse(request, "papers/withdrawn.html", context, status=HTTPStatus.GONE)
    if not edition.is_available:
        return TemplateResponse(request, "papers/not_available.html", context, status=HTTPStatus.FORBIDDEN)
    if not edition.may_be_read_by(request):
        raise Http404
    return None
