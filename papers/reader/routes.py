"""The addresses under a paper at which it is read online."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

import public_forms.converters  # noqa: F401 - registers <id:…>
from papers.editions import access
from papers.reader import page_images
from papers.reader.full_text import FullText
from papers.reader.page import ReaderPage
from public_forms.checks import check_rate_limit
from public_forms.numbers import is_number, nearest_number, parse_number
from public_forms.rejection import RejectedError
from public_forms.responses import rejection_page

if TYPE_CHECKING:
    from papers.editions.models import Edition
    from papers.files.models import FileRecord


def requested_page(request: HttpRequest, page_count: int) -> int:
    """Return the page of "Go to page", or the nearest there is; 0 without one."""
    text = request.GET.get("page", "").strip()
    return nearest_number(text, maximum=page_count) if is_number(text) else 0


def record_of(edition: Edition, page: int) -> FileRecord:
    """Return the file record of an edition. Raises Http404 where it has no such page."""
    record = edition.record
    if record is None or not 1 <= page <= record.page_count:
        raise Http404
    return record


class ReaderRoutes(RoutablePageMixin):
    """``read/`` is the newest edition; pages under an edition's own address are permanent."""

    @path("read/")
    @path("read/<id:number>/")
    def read_newest(self, request: HttpRequest, number: int = 1) -> HttpResponseBase:
        return self._read(request, None, number)

    @path("editions/<id:edition>/read/")
    @path("editions/<id:edition>/read/<id:number>/")
    def read_edition(self, request: HttpRequest, edition: int, number: int = 1) -> HttpResponseBase:
        return self._read(request, edition, number)

    @path("read/text/")
    def full_text_of_newest(self, request: HttpRequest) -> HttpResponseBase:
        return self._full_text(request, None)

    @path("editions/<id:edition>/read/text/")
    def full_text_of_edition(self, request: HttpRequest, edition: int) -> HttpResponseBase:
        return self._full_text(request, edition)

    @path("editions/<id:edition>/read/<id:number>/picture-<str:extension>/")
    def page_image(self, request: HttpRequest, edition: int, number: int, extension: str) -> HttpResponseBase:
        """Return the image of a page; 403, 404 and 410 as for the edition's file."""
        chosen = access.find(self, edition)
        if denied := access.deny(request, chosen):
            return denied
        assert chosen is not None  # deny() raises Http404 for none
        record = record_of(chosen, number)
        if extension not in page_images.CONTENT_TYPES:
            raise Http404
        return page_images.page_image_response(request, record, number, extension)

    def _read(self, request: HttpRequest, edition: int | None, number: int) -> HttpResponseBase:
        """Return a page of an edition; 403, 404 and 410 as for its file, 404 for pages it doesn't have.

        A search in it reads every page of the file, and so counts as one: 429 after too many.
        """
        chosen = access.find(self, edition)
        if denied := access.deny(request, chosen):
            return denied
        assert chosen is not None  # deny() raises Http404 for none
        record = record_of(chosen, number)
        base = self._base(request, edition)
        if page := requested_page(request, record.page_count):
            return redirect(f"{base}read/{page}/")
        reader = ReaderPage(self, chosen, number, base=base, params=request.GET)
        if reader.highlighter.has_query:
            try:
                check_rate_limit(request, "search")
            except RejectedError as rejection:
                return rejection_page(request, rejection)
        return TemplateResponse(request, "papers/reader.html", {"page": self, "reader": reader})

    def _full_text(self, request: HttpRequest, edition: int | None) -> HttpResponseBase:
        """Return a part of the full text of an edition; 403, 404 and 410 as for its file."""
        chosen = access.find(self, edition)
        if denied := access.deny(request, chosen):
            return denied
        assert chosen is not None  # deny() raises Http404 for none
        record_of(chosen, 1)
        number = parse_number(request.GET.get("sheet", "1"))
        full_text = FullText(self, chosen, number, base=self._base(request, edition))
        if not 1 <= number <= max(full_text.part_count, 1):
            raise Http404
        return TemplateResponse(request, "papers/full_text.html", {"page": self, "full_text": full_text})

    def _base(self, request: HttpRequest, edition: int | None) -> str:
        return self.get_url(request) + ("" if edition is None else f"editions/{edition}/")

    def get_route_paths(self) -> list[str]:
        """Return every address from which a rename leaves a redirect, pages included."""
        counts = self.editions.values_list("number", "document__record__page_count").exclude(
            document__record=None
        )
        newest = max((pages for _, pages in counts), default=0)
        bases = [("", newest), *((f"editions/{number}/", pages) for number, pages in counts)]
        paths = [
            f"/{base}read/{rest}"
            for base, pages in bases
            for rest in ("", "text/", *(f"{page}/" for page in range(1, pages + 1)))
        ]
        return [*super().get_route_paths(), *paths]
