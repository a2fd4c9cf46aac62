"""The page above all pages of one kind."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from publishing.filtering import Browse


class Listing(Page):
    """All pages of one kind, newest first, narrowed by what stands in the address."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["home.HomePage"]
    max_count = 1

    class Meta:
        abstract = True

    @cached_property
    def kind_listed(self) -> Any:
        (kind,) = self.allowed_subpage_models()
        return kind

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = self.kind_listed.objects.child_of(self).published()
        return super().get_context(request, *args, **kwargs) | {"browse": Browse(found, request.GET)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        response.status_code = response.context_data["browse"].status
        return response
