"""The addresses under a paper at which its files are had."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from papers.citation import signposting
from papers.downloads import counter, responses

if TYPE_CHECKING:
    from papers.editions.models import Edition


class Downloads(RoutablePageMixin):
    """Every edition has an address for good; ``download/`` is always the newest."""

    @path("download/")
    def download_newest(self, request: HttpRequest) -> HttpResponseBase:
        # The newest may have changed without any file being newer: one was withdrawn.
        changed_at = max((edition.changed_at for edition in self.known_editions), default=None)
        return self._file(request, self._edition(None), changed_at)

    @path("editions/<int:number>/download/")
    def download_edition(self, request: HttpRequest, number: int) -> HttpResponseBase:
        edition = self._edition(number)
        return self._file(request, edition, edition.changed_at if edition else None)

    def _file(
        self, request: HttpRequest, edition: Edition | None, changed_at: datetime | None
    ) -> HttpResponseBase:
        """Answer the file, 410 where it was withdrawn, 403 while it waits or is only to be read, else 404."""
        refused = self._refused(request, edition)
        if refused or edition is None:
            return refused or HttpResponse(status=HTTPStatus.NOT_FOUND)
        if not edition.has_download:
            return responses.read_instead(request, edition)
        response = responses.answer(request, edition, changed_at=changed_at)
        response["Link"] = signposting.of_file(edition)
        counter.note(request, response, edition)
        return response

    def _refused(self, request: HttpRequest, edition: Edition | None) -> HttpResponse | None:
        """Answer whoever may not have the edition; None for whoever may. Raises Http404."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if edition is None or edition.is_draft:
            raise Http404
        if edition.is_withdrawn:
            return self._withdrawn(request, edition)
        if not edition.is_out:
            return self._not_yet(request, edition)
        if not edition.may_be_read_by(request):
            raise Http404
        return None

    def _edition(self, number: int | None) -> Edition | None:
        """Return the edition of a number, or without one the newest; readers may know of it."""
        if number is not None:
            return next((edition for edition in self.known_editions if edition.number == number), None)
        out = [edition for edition in self.known_editions if edition.is_out]
        return next(iter(out or self.known_editions), None)

    def _not_yet(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        context = {"page": self, "edition": edition}
        return TemplateResponse(request, "papers/not_yet.html", context, status=HTTPStatus.FORBIDDEN)

    def _withdrawn(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        context = {"page": self, "edition": edition}
        return TemplateResponse(request, "papers/withdrawn.html", context, status=410)

    def get_route_paths(self) -> list[str]:
        """Return every address from which a rename leaves a trail."""
        numbers = self.editions.values_list("number", flat=True)
        files = ["/download/", *(f"/editions/{number}/download/" for number in numbers)]
        return [*super().get_route_paths(), "/feed/", *files]
