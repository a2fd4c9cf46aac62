"""The list page above all pages of one type."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from publishing.filtering import FilteredList
from publishing.routing import RoutedPage


class IndexPage(RoutedPage, Page):
    """All pages of one type, newest first, filtered by query parameters."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["home.HomePage"]
    max_count = 1

    class Meta:
        abstract = True

    @cached_property
    def listed_model(self) -> Any:
        (model,) = self.allowed_subpage_models()
        return model

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = self.listed_model.objects.child_of(self).published()
        return super().get_context(request, *args, **kwargs) | {
            "filtered_list": FilteredList(pages, request.GET, name=f"page/{self.pk}")
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        response.status_code = response.context_data["filtered_list"].status
        return response
