"""The addresses under a paper at which it is read in the browser, page by page."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from papers.editions import access
from papers.reader import page_images
from papers.reader.full_text import WholeText
from papers.reader.page import Reader
from public_forms.numbers import is_number, nearest_number, parse_number


def page_asked_for(request: HttpRequest, page_count: int) -> int:
    """Return the page that "go to page" asks for, the nearest there is; 0 where nothing was asked."""
    text = request.GET.get("page", "").strip()
    return nearest_number(text, maximum=page_count) if is_number(text) else 0


class Readings(RoutablePageMixin):
    """``read/`` is the newest edition; beneath an edition's own address its pages stay for good."""

    @path("read/")
    @path("read/<int:number>/")
    def read_newest(self, request: HttpRequest, number: int = 1) -> HttpResponseBase:
        return self._read(request, None, number)

    @path("editions/<int:edition>/read/")
    @path("editions/<int:edition>/read/<int:number>/")
    def read_edition(self, request: HttpRequest, edition: int, number: int = 1) -> HttpResponseBase:
        return self._read(request, edition, number)

    @path("read/text/")
    def read_whole_newest(self, request: HttpRequest) -> HttpResponseBase:
        return self._read_whole(request, None)

    @path("editions/<int:edition>/read/text/")
    def read_whole_edition(self, request: HttpRequest, edition: int) -> HttpResponseBase:
        return self._read_whole(request, edition)

    @path("editions/<int:edition>/read/<int:number>/picture-<str:ending>/")
    def picture_of_page(
        self, request: HttpRequest, edition: int, number: int, ending: str
    ) -> HttpResponseBase:
        chosen = access.find(self, edition)
        denied = access.deny(request, chosen)
        if denied is not None:
            return denied
        record = chosen.record if chosen else None
        if record is None or not 1 <= number <= record.page_count or ending not in page_images.CONTENT_TYPES:
            raise Http404
        return page_images.page_image_response(request, record, number, ending)

    def _read(self, request: HttpRequest, edition: int | None, number: int) -> HttpResponseBase:
        """Answer a page of an edition; 404 and 410 as for its file, and 404 for pages it doesn't have."""
        chosen = access.find(self, edition)
        denied = access.deny(request, chosen)
        if denied is not None:
            return denied
        record = chosen.record if chosen else None
        if record is None or not 1 <= number <= record.page_count:
            raise Http404
        base = self._base(request, edition)
        if wanted := page_asked_for(request, record.page_count):
            return redirect(f"{base}read/{wanted}/")
        reader = Reader(self, chosen, number, base=base, asked=request.GET)
        return TemplateResponse(request, "papers/reader.html", {"page": self, "reader": reader})

    def _read_whole(self, request: HttpRequest, edition: int | None) -> HttpResponseBase:
        """Answer the words of all pages of an edition; 404 and 410 as for its file."""
        chosen = access.find(self, edition)
        denied = access.deny(request, chosen)
        if denied is not None:
            return denied
        if chosen is None or chosen.record is None:
            raise Http404
        number = parse_number(request.GET.get("sheet", "1"))
        whole = WholeText(self, chosen, number, base=self._base(request, edition))
        if not 1 <= number <= max(whole.sheet_count, 1):
            raise Http404
        return TemplateResponse(request, "papers/whole.html", {"page": self, "whole": whole})

    def _base(self, request: HttpRequest, edition: int | None) -> str:
        return self.get_url(request) + ("" if edition is None else f"editions/{edition}/")

    def get_route_paths(self) -> list[str]:
        """Return every address from which a rename leaves a trail, pages included."""
        counts = self.editions.values_list("number", "document__record__page_count").exclude(
            document__record=None
        )
        newest = max((pages for _, pages in counts), default=0)
        under = [("", newest), *((f"editions/{number}/", pages) for number, pages in counts)]
        reads = [
            f"/{base}read/{rest}"
            for base, pages in under
            for rest in ("", "text/", *(f"{page}/" for page in range(1, pages + 1)))
        ]
        return [*super().get_route_paths(), *reads]
