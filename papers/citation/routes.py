"""The addresses under a paper for citations, and the metadata of its page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.humanize.templatetags.humanize import ordinal
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from pagecache.kept_values import kept
from papers.citation import metadata, signposting
from papers.citation.citation import FORMATS, STYLES, Citation
from publishing import schema_org

if TYPE_CHECKING:
    from papers.editions.models import Edition


class CiteForm(forms.Form):
    """Edition and page to cite; left empty, the newest edition as a whole."""

    edition = forms.TypedChoiceField(label=_("Edition"), required=False, coerce=int, empty_value=None)
    page = forms.IntegerField(label=_("Page"), required=False, min_value=1, max_value=100_000)

    def __init__(self, params: Any, *, paper: Any) -> None:
        super().__init__(params)
        self.paper = paper
        self.editions: dict[int, Edition] = {edition.number: edition for edition in paper.visible_editions}
        numbers = [
            (number, _("%(number)s edition") % {"number": ordinal(number)}) for number in self.editions
        ]
        field = cast("forms.TypedChoiceField", self.fields["edition"])
        field.choices = [("", _("Latest edition")), *numbers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        edition, page = self.selected_edition, cleaned.get("page")
        if page and edition is None:
            self.add_error("page", _("This white paper has no pages to cite. Leave the page empty."))
        elif page and edition and edition.record and page > (count := edition.record.page_count or page):
            words = ngettext("This edition has %(pages)s page.", "This edition has %(pages)s pages.", count)
            self.add_error("page", words % {"pages": count})
        return cleaned

    @property
    def selected_edition(self) -> Edition | None:
        number = self.cleaned_data.get("edition")
        return self.editions[number] if number else self.paper.citation.edition

    @cached_property
    def citation(self) -> Citation:
        if not self.is_valid():
            return self.paper.citation
        return Citation(self.paper, self.selected_edition, self.cleaned_data["page"])


class CitationRoutes(RoutablePageMixin):
    """Every edition and every page of it can be cited."""

    @cached_property
    def citation(self) -> Citation:
        """Return the citation of the newest edition; one under embargo can be cited already."""
        return Citation(self, self.newest_edition or next(iter(self.visible_editions), None))

    @cached_property
    def share_image(self) -> dict[str, Any] | None:
        record = self.record
        if record is None or self.cover is None:
            return None
        alt = _("Cover of %(title)s") % {"title": self.title}
        size = {"width": record.cover_width, "height": record.cover_height}
        return {"url": schema_org.absolute_url(record.jpeg_url), "alt": alt, **size}

    @property
    def citation_meta_tags(self) -> tuple[tuple[str, str], ...]:
        dublin_core = [(f"DC.{element}", value) for element, value in metadata.dublin_core(self)]
        return (*metadata.highwire(self), *dublin_core)

    @property
    def json_ld(self) -> SafeString:
        return schema_org.script(metadata.schema_org_report(self))

    @path("")
    def index_route(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().index_route(request, *args, **kwargs)
        if not getattr(request, "is_preview", False):
            source = self.for_parts
            links = partial(signposting.landing_page_links, source)
            key = ("landing page links", self.pk)
            response["Link"] = kept(key, links, made_of=source.loaded_from) if self.loaded_from else links()
        return response

    @path("cite/")
    def cite(self, request: HttpRequest) -> HttpResponse:
        """Show every style for the selected edition and page."""
        form = CiteForm(request.GET, paper=self)
        status = 200 if form.is_valid() else 404
        context = {"page": self, "form": form, "citation": form.citation}
        return TemplateResponse(request, "papers/cite_page.html", context, status=status)

    @path("cite/<slug:kind>/")
    def cite_file(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Return a file for a reference manager, or the line of text of a style."""
        form = CiteForm(request.GET, paper=self)
        if kind not in FORMATS or not form.is_valid():
            raise Http404
        format = FORMATS[kind]
        name = f"{form.citation.item['id']}{f'-{kind}' if kind in STYLES else ''}.{format.extension}"
        headers = {
            "Content-Disposition": content_disposition_header(True, name),
            "Link": signposting.description_links(self),
        }
        return HttpResponse(
            format.writer(form.citation.item), content_type=format.content_type, headers=headers
        )

    def get_route_paths(self) -> list[str]:
        """Return every address from which a rename leaves a redirect."""
        return [*super().get_route_paths(), "/cite/", *(f"/cite/{kind}/" for kind in FORMATS)]
