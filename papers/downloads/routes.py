"""The addresses under a paper at which its files are downloaded."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

import public_forms.converters  # noqa: F401 - registers <id:…>
from papers.citation import signposting
from papers.downloads import responses
from papers.editions import access

if TYPE_CHECKING:
    from papers.editions.models import Edition


class DownloadRoutes(RoutablePageMixin):
    """Every edition has a permanent address; ``download/`` is always the newest."""

    @path("download/")
    def download_newest(self, request: HttpRequest) -> HttpResponseBase:
        # The newest may have changed without any file being newer: one was withdrawn.
        changed_at = max((edition.changed_at for edition in self.visible_editions), default=None)
        return self._file_response(request, access.find(self), changed_at)

    @path("editions/<id:number>/download/")
    def download_edition(self, request: HttpRequest, number: int) -> HttpResponseBase:
        edition = access.find(self, number)
        return self._file_response(request, edition, edition.changed_at if edition else None)

    def _file_response(
        self, request: HttpRequest, edition: Edition | None, changed_at: datetime | None
    ) -> HttpResponseBase:
        """Return the file; 410 if it was withdrawn, 403 under embargo or without a download, else 404."""
        denied = access.deny(request, edition)
        if denied or edition is None:
            return denied or HttpResponse(status=HTTPStatus.NOT_FOUND)
        if not edition.has_download:
            return responses.read_online_only(request, edition)
        response = responses.file_response(request, edition, changed_at=changed_at)
        response["Link"] = signposting.file_links(edition)
        return response

    def get_route_paths(self) -> list[str]:
        """Return every address from which a rename leaves a trail."""
        numbers = self.editions.values_list("number", flat=True)
        files = ["/download/", *(f"/editions/{number}/download/" for number in numbers)]
        return [*super().get_route_paths(), "/feed/", *files]
